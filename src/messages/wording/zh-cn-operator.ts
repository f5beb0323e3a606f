const count = (n: number) => n.toLocaleString('en-US')

/** What the operator's command line prints. */
export const operatorZhCN = {
  about: '督办机器人的运维命令行。配置见 .env.example。',
  help: {
    usage: '用法：',
    arguments: '参数：',
    options: '选项：',
    commands: '命令：',
    show: '显示本帮助',
    more: '查看某一命令的用法：npm run duban -- <命令> --help',
  },
  commands: {
    directory: { does: '载入通讯录：单位、简称、群和人员', file: '通讯录文件（.csv、.xlsx 或 .json）' },
    import: { does: '导入事项', file: '事项文件（.csv、.xlsx 或 .json）' },
    export: { does: '导出全部事项' },
    status: { does: '显示办理进度' },
    calendar: { does: '载入一年的放假和调休安排', file: '日历文件（.csv、.xlsx 或 .json）' },
    migrate: { does: '将数据库升级到本版本' },
    backup: { does: '备份数据库，机器人无需停止', file: '备份文件，不得已存在' },
    'claim-code': { does: '生成一次性的专班认领码，如机器人更换登录账号后使用' },
    doctor: { does: '检查配置、数据库、Redis、平台账号、日历和通讯录' },
  },
  options: {
    dispatch: '新事项写明主办单位的，导入后立即派单，每个单位一张卡片',
    skipBad: '跳过有误的行，只写入无误的行',
    format: 'csv、xlsx 或 json；不写则看 --out 的扩展名，默认 csv',
    out: '写入此文件；不写则输出到屏幕',
    audit: '导出操作记录（何时、何人、何事），而非事项',
    force: '覆盖已有的文件',
    private: '包含诉求人、电话和地址，文中号码不遮盖',
  },
  usage: {
    unknownCommand: (name: string, near: string | null) =>
      near === null ? `没有“${name}”这个命令。` : `没有“${name}”这个命令。是否指 ${near}？`,
    unknownOption: (name: string, near: string | null) =>
      near === null ? `没有“${name}”这个选项。` : `没有“${name}”这个选项。是否指 ${near}？`,
    missingArgument: '请写明文件名。',
    surplus: '参数过多，只能写一个文件；文件名中有空格的请加引号。',
    surplusNone: '此命令不带参数。',
    missingValue: (option: string) => `选项 ${option} 后请写明内容。`,
    help: (command: string) => `查看用法：npm run duban -- ${command}--help`,
  },
  failed: (reason: string) => `未能完成：${reason}`,
  config: (faults: string[]) =>
    `配置有误：\n${faults.map((fault) => `  ${fault}`).join('\n')}\n写法见 .env.example。`,

  database: {
    missing: (file: string) =>
      `还没有数据库（${file}）。请先启动机器人（npm start），或运行 npm run duban -- migrate。`,
    pending: (names: string) =>
      `数据库尚未升级（${names}）。请先停止机器人并备份，再运行 npm run duban -- migrate。`,
    newer: (names: string) => `数据库由更新的版本写入（${names}），请改用该版本。`,
  },

  files: {
    refused: (file: string, faults: string) => `${file}：${faults}有误，未写入任何内容。`,
    faults: (n: number) => `${count(n)} 处`,
    moreFaults: (n: number) => `另有 ${count(n)} 处未列出。`,
    advice: '请更正后再试；或加 --skip-bad，跳过有误的行。',
    adviceWhole: '请更正后再试。',
    leftOut: (n: number, faults: string) => `跳过 ${count(n)} 行，共 ${faults}有误：`,
    nothingGood: '没有一行可以写入。',
    ignored: (headers: string) => `以下列无法识别，已忽略：${headers}。`,
    noDepartments: '通讯录中还没有单位，请先运行 npm run duban -- directory <文件>。',
  },

  progress: {
    reading: (file: string) => `正在读取 ${file}…`,
    checking: (n: number) => `正在核对 ${count(n)} 行…`,
    writing: (done: number, all: number) => `正在写入 ${count(done)}/${count(all)}…`,
    dispatching: (done: number, all: number) => `正在派单 ${count(done)}/${count(all)}…`,
    exporting: (done: number) => `已导出 ${count(done)} 项…`,
  },

  import: {
    done: (file: string, fresh: number, known: number) =>
      `${file}：新增 ${count(fresh)} 项，已在库 ${count(known)} 项。`,
    codes: (first: number, last: number) =>
      first === last ? `督办编号 #${first}。` : `督办编号 #${first} 至 #${last}。`,
    differing: (n: number, codes: string) =>
      `已在库的事项中有 ${count(n)} 项与文件内容不同，保留库中内容：${codes}。`,
    notDispatched: (n: number) =>
      `${count(n)} 项写明了主办单位，本次没有派单。请由专班在群内用 /派单 派出；导入时加 --dispatch 可同时派单。`,
    knownNotDispatched: (n: number) =>
      `已在库的事项中有 ${count(n)} 项尚未派单。--dispatch 只派写明主办单位的事项，其余请由专班在群内用 /派单 派出。`,
    dispatched: (n: number) => `已派单 ${count(n)} 项：`,
    tooManyToDispatch: (n: number, max: number) =>
      `有 ${count(n)} 项要随导入派单，一次最多 ${count(max)} 项。请分成几个文件。`,
    policyPassed: (moment: string) => `${moment}已过，请重新指定`,
    columns: { department: '单位', items: '项数', due: '最早时限', group: '群' },
    bound: '已绑定',
    unbound: '未绑定',
    unboundNote: '未绑定群的单位，在其群内发送“/绑定 单位名称”后自动送达。',
    away: 'Redis 未连接：机器人恢复后自动发送。',
    moreCodes: (codes: string, n: number) => `${codes} 等 ${count(n)} 项`,
  },

  directory: {
    done: (file: string, departments: number, people: number) =>
      `${file}：${count(departments)} 个单位，${count(people)} 人。`,
    changes: '变化：',
    unchanged: '与现有通讯录一致，没有变化。',
    newDepartments: (n: number, names: string) => `新增单位 ${count(n)} 个：${names}`,
    newPeople: (n: number) => `新增人员 ${count(n)} 人`,
    renamed: (n: number) => `更改姓名 ${count(n)} 人`,
    newRoles: (n: number) => `新增角色 ${count(n)} 个`,
    names: (departments: string) => `简称有变：${departments}`,
    chats: (departments: string) => `群有变：${departments}`,
    moreNames: (names: string, n: number) => `${names} 等 ${count(n)} 个`,
  },

  calendar: {
    done: (file: string, year: number, holidays: number, workdays: number) =>
      `${file}：已载入 ${year} 年安排，放假 ${holidays} 天，调休上班 ${workdays} 天。`,
    replaced: (year: number) => `${year} 年原有安排已替换。`,
    moved: (n: number) => (n === 0 ? '没有需要更正的办理时限。' : `已更正办理时限 ${count(n)} 项。`),
    covered: (year: number) => `工作日历现在可用至 ${year} 年底。`,
  },

  migrate: {
    done: (names: string[]) => `数据库已升级：${names.join('、')}。`,
    upToDate: '数据库已是最新，无需升级。',
  },

  backup: {
    done: (file: string, size: string) => `已备份到 ${file}（${size}）。`,
    exists: (file: string) => `${file} 已存在，未作备份。请换一个文件名。`,
    folder: (folder: string) => `没有 ${folder} 这个目录。`,
  },

  claimCode: (code: string, hours: number) =>
    `认领码：${code}\n${hours} 小时内有效，限用一次，此前未用的认领码作废。请专班人员向机器人发送：/认领 ${code}`,

  export: {
    done: (file: string, n: number) => `已导出 ${count(n)} 项到 ${file}。`,
    format: (format: string) => `不支持“${format}”格式，可用 csv、xlsx 或 json。`,
    extension: (file: string, format: string) => `${file} 的扩展名与格式 ${format} 不符。`,
    preamble:
      '注意：npm 在输出前加了几行自己的文字。请用 --out 写入文件，或改用 npm run -s duban -- export。',
    needOut: 'xlsx 不能输出到屏幕，请用 --out 写明文件名。',
    exists: (file: string) => `${file} 已存在。如需覆盖，请加 --force。`,
    tooMany: (n: number, max: number) => `共 ${count(n)} 项，xlsx 最多导出 ${count(max)} 项，请改用 csv。`,
  },

  doctor: {
    marks: { ok: '✓', warning: '!', fault: '✗' },
    healthy: '一切正常。',
    warnings: (n: number) => `没有故障，有 ${n} 处需要留意。`,
    faults: (n: number, warnings: number) =>
      `有 ${n} 处故障${warnings === 0 ? '' : `，另有 ${warnings} 处需要留意`}。`,
    and: (names: string, more: number) => (more === 0 ? names : `${names} 等 ${more} 个`),
    config: {
      name: '配置',
      ok: '有效',
      advice: '请更正环境变量或 .env，写法见 .env.example',
    },
    database: {
      name: '数据库',
      ok: (file: string, size: string) => `${file}（${size}）完好，已是最新`,
      missing: (file: string) => `${file} 还不存在`,
      missingAdvice: '首次启动机器人时自动建立',
      bad: (reason: string) => `无法使用：${reason}`,
      badAdvice: '请停止机器人，用最近的备份恢复',
      pending: (names: string) => `尚未升级：${names}`,
      pendingAdvice: '请备份后运行 npm run duban -- migrate，或重新启动机器人',
      newer: (names: string) => `由更新的版本写入：${names}`,
      newerAdvice: '请改用该版本',
    },
    redis: {
      name: 'Redis',
      ok: (version: string) => `${version} 可用`,
      away: (reason: string) => `无法连接：${reason}`,
      awayAdvice: '请启动 Redis，或更正 REDIS_URL；恢复前不发送消息，恢复后自动补发',
      evicts: (policy: string) => `内存用满时会丢弃任务（maxmemory-policy 为 ${policy}）`,
      evictsAdvice: '请在 Redis 配置中设为 noeviction',
      old: (version: string) => `版本 ${version} 过低`,
      oldAdvice: '请升级到 6.2 或以上',
    },
    feishu: {
      name: '飞书',
      ok: (bot: string) => `凭证有效，机器人：${bot}`,
      off: '未配置，机器人不会收发消息',
      offAdvice: '请设置 FEISHU_APP_ID 和 FEISHU_APP_SECRET',
      refused: (reason: string) => `飞书拒绝：${reason}`,
      refusedAdvice: '请核对 App ID 和 App Secret，并在开放平台为应用启用机器人能力',
      away: (reason: string) => `无法连接：${reason}`,
      awayAdvice: '请检查网络、代理（HTTPS_PROXY）和 FEISHU_DOMAIN',
    },
    wechat: {
      name: '微信',
      ok: (puppet: string) => `通过 ${puppet} 登录过，会话文件仅本用户可读`,
      never: '尚未登录',
      neverAdvice: '请启动机器人，并用微信扫描 /wechat/login 页面或终端上的二维码',
      lost: { 'logged-out': '机器人已退出微信登录', 'gateway-lost': '机器人连不上网关' },
      lostAdvice: {
        'logged-out': '请打开 /wechat/login 页面重新扫码（令牌见 DATA_DIR/wechat/login-token）',
        'gateway-lost': '请检查网关和网络',
      },
      notInstalled: (puppet: string) => `未安装 ${puppet}`,
      notInstalledAdvice: (puppet: string) => `请运行 npm install ${puppet}，或改正 WECHATY_PUPPET`,
      open: (file: string) => `${file} 可被其他用户读取，读取者可冒用机器人的微信`,
      openAdvice: (file: string) => `请运行 chmod go= ${file}`,
      unencrypted: '与网关之间的通信未加密',
      unencryptedAdvice: '仅在网关位于本机或内网时使用 WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT',
    },
    bot: {
      name: '机器人',
      ok: (url: string) => `正在运行（${url}）`,
      notReady: (parts: string) => `正在运行，但以下部分不可用：${parts}`,
      part: (name: string, detail: string) => `${name}（${detail}）`,
      notReadyAdvice: '请查看机器人的日志',
      off: (url: string) => `没有运行（${url} 无应答）`,
      offAdvice: '请用 npm start 启动',
    },
    calendar: {
      name: '工作日历',
      ok: (year: number) => `可用至 ${year} 年底`,
      endsSoon: (year: number, days: number) => `只到 ${year} 年底，还有 ${days} 天`,
      ended: (year: number) => `只到 ${year} 年底，今天已不在其内`,
      advice: (year: number) => `请载入 ${year} 年安排：npm run duban -- calendar <文件>`,
    },
    directory: {
      name: '通讯录',
      ok: (departments: number) => `${departments} 个单位，均有群和联络员`,
      empty: '还没有单位',
      emptyAdvice: '请运行 npm run duban -- directory <文件>',
      noLead: '还没有专班人员，没有人能派单和审核',
      noLeadAdvice: '请在通讯录中登记，或由专班人员发送“/认领 认领码”（认领码在首次启动时显示）',
      noGroup: (names: string) => `没有群：${names}`,
      noGroupAdvice: '请将机器人拉入单位的群，由专班在群内发送“/绑定 单位名称”',
      noContact: (names: string) => `没有联络员：${names}`,
      noContactAdvice: '请在通讯录中登记联络员',
    },
    deliveries: {
      name: '消息',
      ok: '近7天没有未送达的消息',
      refused: (n: number) => `近7天有 ${n} 条未送达：`,
      of: (department: string, reason: string, n: number) => `${department}　${reason}　${n} 条`,
      nobody: '未注明单位',
      refusedAdvice: '消除原因后将机器人重新拉入该群，未办结的事项自动补发',
      waiting: (n: number, minutes: number) => `${n} 条等待发送，最久已等 ${minutes} 分钟`,
      waitingAdvice: '请确认机器人和 Redis 正在运行',
    },
    disk: {
      name: '磁盘',
      ok: (folder: string, free: string) => `${folder} 剩余 ${free}`,
      low: (folder: string, free: string) => `${folder} 仅剩 ${free}`,
      lowAdvice: '请清理空间或扩容',
      readOnly: (folder: string) => `${folder} 不可写`,
      readOnlyAdvice: '请将此目录的权限交给运行机器人的用户',
    },
    retention: {
      name: '个人信息',
      forGood: '长期保存（未设置 PII_RETENTION_DAYS）',
      after: (days: number) => `事项销号、不予受理或合并满 ${days} 天后清除`,
    },
  },
}
