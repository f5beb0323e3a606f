import type { Platform } from '../../domain/platform.ts'

/** What has become of a platform's connection, told on the others. */
export const connectionZhCN = {
  platforms: { feishu: '飞书', wechat: '微信' } satisfies Record<Platform, string> as Record<
    Platform,
    string
  >,
  titles: {
    'logged-out': (platform: string) => `【连接中断】${platform}已退出登录`,
    'gateway-lost': (platform: string) => `【连接中断】${platform}服务无法连接`,
    back: (platform: string) => `【连接恢复】${platform}已恢复`,
    'other-account': (platform: string) => `【账号变更】${platform}登录账号已变更`,
    'former-account': (platform: string) => `【账号恢复】${platform}已恢复为原账号`,
    'replies-held': (platform: string) => `【发送受限】${platform}答复已达每日上限`,
    'pushes-held': (platform: string) => `【发送受限】${platform}消息已达每日上限`,
  },
  todo: {
    'logged-out': (platform: string) =>
      `恢复前，${platform}群收不到消息，群内回复也收不到。请系统管理员打开登录页面，重新扫码登录。`,
    'gateway-lost': (platform: string) =>
      `恢复前，${platform}群收不到消息，群内回复也收不到。系统正在自动重连；如长时间未恢复，请联系系统管理员。`,
    back: (platform: string) =>
      `未发送的消息将依次补发。中断期间${platform}群内的回复可能未收到，请提醒单位核对。`,
    'other-account': (platform: string) =>
      `以原账号绑定的${platform}群收不到消息，原登记的${platform}人员不能识别。请管理员运行 duban claim-code 取得认领码，专班人员在${platform}发送“/认领 认领码”；再将新账号加入各群，在群内发送“/绑定 单位名称”和“/人员 @某人 联络员”。`,
    'former-account': (platform: string) =>
      `当前账号绑定的${platform}群和登记的人员恢复有效，未能发出的消息将依次补发；变更期间移除的人员不恢复。另一账号绑定的群、登记的人员暂不生效（换回时恢复），需要的请在当前账号下重新绑定、登记。变更期间${platform}群内的回复可能未收到，请提醒单位核对。`,
    'replies-held': (platform: string) =>
      `为保护账号，${platform}上对提问和回复的应答顺延发出；收到的签收、反馈照常登记，无需重发。上限确需调整的，请联系系统管理员。`,
    'pushes-held': (platform: string) =>
      `为保护账号，${platform}交办、催办等消息顺延发出，急件请另行通知单位。上限确需调整的，请联系系统管理员。`,
  },
  toBind: (count: number, departments: string) => `需核对的单位共${count}个：${departments}。`,
}
