import type { Wording } from '../wording.ts'

const number = (n: number) => n.toLocaleString('en-US')

function count(n: number, one: string, many = `${one}s`): string {
  return `${number(n)} ${n === 1 ? one : many}`
}

export const operatorEn: Wording['operator'] = {
  about: "The operator's command line of Duban. Its configuration: see .env.example.",
  help: {
    usage: 'Usage:',
    arguments: 'Arguments:',
    options: 'Options:',
    commands: 'Commands:',
    show: 'show this help',
    more: 'The usage of one command: npm run duban -- <command> --help',
  },
  commands: {
    directory: {
      does: 'load the directory: departments, aliases, groups and people',
      file: 'the directory (.csv, .xlsx or .json)',
    },
    import: { does: 'import items', file: 'the items (.csv, .xlsx or .json)' },
    export: { does: 'export all items' },
    status: { does: 'show the totals' },
    calendar: {
      does: "load a year's holidays and make-up workdays",
      file: 'the calendar (.csv, .xlsx or .json)',
    },
    migrate: { does: "bring the database to this version's schema" },
    backup: { does: 'back the database up; the bot may go on', file: 'the backup, which must not exist yet' },
    'claim-code': { does: 'make a claim code, to be used once: when the bot has another login, say' },
    doctor: {
      does: 'check configuration, database, Redis, platform credentials, calendar and directory',
    },
  },
  options: {
    dispatch: 'dispatch new items that name a lead department, one card for each department',
    skipBad: 'leave bad rows out and write the good ones',
    format: 'csv, xlsx or json; by the extension of --out where not given, else csv',
    out: 'write to this file instead of the screen',
    audit: 'the audit trail (who did what when) instead of the items',
    force: 'overwrite an existing file',
    private: "with the petitioners' names, phones and addresses; numbers in texts are not masked",
  },
  usage: {
    unknownCommand: (name, near) =>
      near === null
        ? `There is no command "${name}".`
        : `There is no command "${name}". Did you mean ${near}?`,
    unknownOption: (name, near) =>
      near === null ? `There is no option "${name}".` : `There is no option "${name}". Did you mean ${near}?`,
    missingArgument: 'Name the file.',
    surplus: 'Too many arguments: name one file, in quotation marks if there are spaces in it.',
    surplusNone: 'This command takes no arguments.',
    missingValue: (option) => `The option ${option} wants a value.`,
    help: (command) => `See: npm run duban -- ${command}--help`,
  },
  failed: (reason) => `That failed: ${reason}`,
  config: (faults) =>
    `The configuration is not usable:\n${faults.map((fault) => `  ${fault}`).join('\n')}\nSee .env.example.`,

  database: {
    missing: (file) =>
      `There is no database yet (${file}). Start the bot (npm start), or run npm run duban -- migrate.`,
    pending: (names) =>
      `The database is not migrated yet (${names}). Stop the bot, make a backup, and run npm run duban -- migrate.`,
    newer: (names) => `The database was written by a newer version (${names}): use that version.`,
  },

  files: {
    refused: (file, faults) => `${file}: ${faults}. Nothing was written.`,
    faults: (n) => count(n, 'fault'),
    moreFaults: (n) => `${number(n)} more are not listed.`,
    advice: 'Mend them and try again, or leave the bad rows out with --skip-bad.',
    adviceWhole: 'Mend them and try again.',
    leftOut: (n, faults) => `Left out ${count(n, 'row')} with ${faults}:`,
    nothingGood: 'Not one row can be written.',
    ignored: (headers) => `These columns mean nothing here and were ignored: ${headers}.`,
    noDepartments: 'There are no departments yet: run npm run duban -- directory <file> first.',
  },

  progress: {
    reading: (file) => `Reading ${file}…`,
    checking: (n) => `Checking ${count(n, 'row')}…`,
    writing: (done, all) => `Writing ${number(done)}/${number(all)}…`,
    dispatching: (done, all) => `Dispatching ${number(done)}/${number(all)}…`,
    exporting: (done) => `Exported ${count(done, 'item')}…`,
  },

  import: {
    done: (file, fresh, known) => `${file}: ${number(fresh)} new, ${number(known)} already known.`,
    codes: (first, last) => (first === last ? `It is #${first}.` : `They are #${first} to #${last}.`),
    differing: (n, codes) =>
      `Of the known ones ${number(n)} ${n === 1 ? 'differs' : 'differ'} from the file; what the database holds was kept: ${codes}.`,
    notDispatched: (n) =>
      `${count(n, 'item names', 'items name')} a lead department and ${n === 1 ? 'was' : 'were'} not dispatched: use /dispatch in the task force's group; another time, --dispatch does both.`,
    knownNotDispatched: (n) =>
      `Of the known ones ${number(n)} ${n === 1 ? 'is' : 'are'} not dispatched yet. --dispatch sends out those that name a lead department: for the others use /dispatch in the task force's group.`,
    dispatched: (n) => `Dispatched ${count(n, 'item')}:`,
    tooManyToDispatch: (n, max) =>
      `${count(n, 'item')} would go out, and at once ${number(max)} can at most: split the file.`,
    policyPassed: (moment) => `${moment} has passed: name another`,
    columns: { department: 'Department', items: 'Items', due: 'Earliest due', group: 'Group' },
    bound: 'bound',
    unbound: 'not bound',
    unboundNote:
      'A department without a group gets its items once its group is bound: /bind <department> there.',
    away: 'Redis is away: the bot sends once it is back.',
    moreCodes: (codes, n) => `${codes} and others, ${number(n)} in all`,
  },

  directory: {
    done: (file, departments, people) =>
      `${file}: ${count(departments, 'department')}, ${count(people, 'person', 'people')}.`,
    changes: 'Changed:',
    unchanged: 'The directory said so already: nothing changed.',
    newDepartments: (n, names) => `${count(n, 'new department')}: ${names}`,
    newPeople: (n) => count(n, 'new person', 'new people'),
    renamed: (n) => `${count(n, 'person', 'people')} renamed`,
    newRoles: (n) => count(n, 'new role'),
    names: (departments) => `other aliases: ${departments}`,
    chats: (departments) => `other groups: ${departments}`,
    moreNames: (names, n) => `${names} and others, ${number(n)} in all`,
  },

  calendar: {
    done: (file, year, holidays, workdays) =>
      `${file}: ${year} is loaded, ${count(holidays, 'holiday')} and ${count(workdays, 'make-up workday')}.`,
    replaced: (year) => `It replaces what there was of ${year}.`,
    moved: (n) => (n === 0 ? 'No due time had to move.' : `${count(n, 'due time')} moved.`),
    covered: (year) => `The working-day calendar now reaches to the end of ${year}.`,
  },

  migrate: {
    done: (names) => `The database was migrated: ${names.join(', ')}.`,
    upToDate: 'The database is up to date.',
  },

  backup: {
    done: (file, size) => `Backed up to ${file} (${size}).`,
    exists: (file) => `${file} exists already, so nothing was backed up: choose another name.`,
    folder: (folder) => `There is no folder ${folder}.`,
  },

  claimCode: (code, hours) =>
    `Claim code: ${code}\nGood for ${hours} hours and one use, in place of any before. A lead sends the bot: /claim ${code}`,

  export: {
    done: (file, n) => `Exported ${count(n, 'item')} to ${file}.`,
    format: (format) => `There is no format "${format}": choose csv, xlsx or json.`,
    extension: (file, format) => `The extension of ${file} is not that of the format ${format}.`,
    preamble: 'Mind: npm put lines of its own before the export. Use --out, or npm run -s duban -- export.',
    needOut: 'An xlsx does not go to the screen: name a file with --out.',
    exists: (file) => `${file} exists already; --force overwrites it.`,
    tooMany: (n, max) =>
      `There are ${count(n, 'item')}, and an xlsx is written with ${number(max)} at most: choose csv.`,
  },

  doctor: {
    marks: { ok: '✓', warning: '!', fault: '✗' },
    healthy: 'All is well.',
    warnings: (n) => `Nothing is broken; ${count(n, 'thing')} to look at.`,
    faults: (n, warnings) =>
      `${count(n, 'fault')}${warnings === 0 ? '' : `, and ${count(warnings, 'more thing')} to look at`}.`,
    and: (names, more) => (more === 0 ? names : `${names} and ${number(more)} more`),
    config: {
      name: 'Configuration',
      ok: 'valid',
      advice: 'mend the environment or .env; .env.example says how',
    },
    database: {
      name: 'Database',
      ok: (file, size) => `${file} (${size}) is sound and up to date`,
      missing: (file) => `${file} does not exist yet`,
      missingAdvice: "the bot's first start makes it",
      bad: (reason) => `not usable: ${reason}`,
      badAdvice: 'stop the bot and go back to the newest backup',
      pending: (names) => `not migrated yet: ${names}`,
      pendingAdvice: 'make a backup and run npm run duban -- migrate, or start the bot anew',
      newer: (names) => `written by a newer version: ${names}`,
      newerAdvice: 'use that version',
    },
    redis: {
      name: 'Redis',
      ok: (version) => `${version} answers`,
      away: (reason) => `can't be reached: ${reason}`,
      awayAdvice: 'start Redis, or mend REDIS_URL; nothing is sent until then, and nothing is lost',
      evicts: (policy) => `throws jobs away when its memory is full (maxmemory-policy is ${policy})`,
      evictsAdvice: 'set it to noeviction in the configuration of Redis',
      old: (version) => `version ${version} is too old`,
      oldAdvice: 'upgrade to 6.2 or newer',
    },
    feishu: {
      name: 'Feishu',
      ok: (bot) => `the credentials are good; the bot is ${bot}`,
      off: 'not configured: the bot neither sends nor receives',
      offAdvice: 'set FEISHU_APP_ID and FEISHU_APP_SECRET',
      refused: (reason) => `Feishu refuses: ${reason}`,
      refusedAdvice: 'check the app id and secret, and that the app has the bot capability',
      away: (reason) => `can't be reached: ${reason}`,
      awayAdvice: 'check the network, the proxy (HTTPS_PROXY) and FEISHU_DOMAIN',
    },
    wechat: {
      name: 'WeChat',
      ok: (puppet) => `was logged in through ${puppet}; only this user may read the session`,
      never: 'was never logged in',
      neverAdvice: 'start the bot and scan the code on the page /wechat/login or in the terminal with WeChat',
      lost: { 'logged-out': 'the bot is logged out', 'gateway-lost': 'the bot can’t reach the gateway' },
      lostAdvice: {
        'logged-out': 'scan the code on the page /wechat/login (its token: DATA_DIR/wechat/login-token)',
        'gateway-lost': 'check the gateway and the network',
      },
      notInstalled: (puppet) => `${puppet} is not installed`,
      notInstalledAdvice: (puppet) => `npm install ${puppet}, or correct WECHATY_PUPPET`,
      open: (file) => `others may read ${file}, and be the bot on WeChat`,
      openAdvice: (file) => `chmod go= ${file}`,
      unencrypted: 'what is said goes to the gateway unencrypted',
      unencryptedAdvice:
        'use WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT only with a gateway on this machine or network',
    },
    bot: {
      name: 'Bot',
      ok: (url) => `runs (${url})`,
      notReady: (parts) => `runs, but this is not usable: ${parts}`,
      part: (name, detail) => `${name} (${detail})`,
      notReadyAdvice: "look into the bot's log",
      off: (url) => `does not run (no answer from ${url})`,
      offAdvice: 'start it with npm start',
    },
    calendar: {
      name: 'Calendar',
      ok: (year) => `reaches to the end of ${year}`,
      endsSoon: (year, days) => `ends with ${year}, in ${count(days, 'day')}`,
      ended: (year) => `ended with ${year}`,
      advice: (year) => `load ${year}: npm run duban -- calendar <file>`,
    },
    directory: {
      name: 'Directory',
      ok: (departments) => `${count(departments, 'department')}, each with a group and a contact`,
      empty: 'holds no departments yet',
      emptyAdvice: 'run npm run duban -- directory <file>',
      noLead: 'nobody is a lead: nobody can dispatch and review',
      noLeadAdvice:
        'load one with the directory, or have one send “/claim code” (the first start showed the code)',
      noGroup: (names) => `without a group: ${names}`,
      noGroupAdvice:
        "bring the bot into the department's group and have a lead send “/bind department” there",
      noContact: (names) => `without a contact: ${names}`,
      noContactAdvice: 'load a contact with the directory',
    },
    deliveries: {
      name: 'Messages',
      ok: 'nothing undelivered in the last 7 days',
      refused: (n) => `${count(n, 'message')} undelivered in the last 7 days:`,
      of: (department, reason, n) => `${department}: ${reason} (${number(n)})`,
      nobody: 'no department',
      refusedAdvice: 'mend the cause and bring the bot into the group anew: what is open is sent again',
      waiting: (n, minutes) =>
        `${count(n, 'message waits', 'messages wait')}, for ${number(minutes)} min at most`,
      waitingAdvice: 'see that the bot and Redis run',
    },
    disk: {
      name: 'Disk',
      ok: (folder, free) => `${folder} has ${free} left`,
      low: (folder, free) => `${folder} has only ${free} left`,
      lowAdvice: 'make room',
      readOnly: (folder) => `${folder} can't be written`,
      readOnlyAdvice: 'give it to the user that runs the bot',
    },
    retention: {
      name: 'Personal data',
      forGood: 'kept for good (PII_RETENTION_DAYS is not set)',
      after: (days) =>
        `erased ${days} day${days === 1 ? '' : 's'} after an item is closed, declined or merged`,
    },
  },
}
