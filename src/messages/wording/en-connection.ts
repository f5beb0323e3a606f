import type { connectionZhCN } from './zh-cn-connection.ts'

export const connectionEn: typeof connectionZhCN = {
  platforms: { feishu: 'Feishu', wechat: 'WeChat' },
  titles: {
    'logged-out': (platform) => `[Disconnected] ${platform} is logged out`,
    'gateway-lost': (platform) => `[Disconnected] ${platform} can’t be reached`,
    back: (platform) => `[Connected] ${platform} is back`,
    'other-account': (platform) => `[Other account] ${platform} is logged in as somebody else`,
    'former-account': (platform) => `[Former account] ${platform} is logged in as before`,
    'replies-held': (platform) => `[Held back] ${platform} has reached its answers for a day`,
    'pushes-held': (platform) => `[Held back] ${platform} has reached its messages for a day`,
  },
  todo: {
    'logged-out': (platform) =>
      `Until it is back, nothing reaches the groups on ${platform}, and no answer from them arrives. Please have the administrator open the login page and scan the code.`,
    'gateway-lost': (platform) =>
      `Until it is back, nothing reaches the groups on ${platform}, and no answer from them arrives. It is tried again by itself; if that takes long, please tell the administrator.`,
    back: (platform) =>
      `What was not sent goes out now. Answers given on ${platform} meanwhile may be lost: please have the departments check.`,
    'other-account': (platform) =>
      `Groups on ${platform} that were bound under the former account get nothing, and people there are not recognised. The administrator runs duban claim-code, a lead sends “/claim code” on ${platform}; then please add the new account to each group and send “/bind department” and “/person @someone contact” there.`,
    'former-account': (platform) =>
      `The groups on ${platform} and the people that belong to this account are good again, and what was not sent goes out now; whoever was removed meanwhile stays removed. Groups and people that belong to the other account are not good until that one is back: bind and register again here those that are needed. Answers given on ${platform} meanwhile may be lost: please have the departments check.`,
    'replies-held': (platform) =>
      `To protect the account, answers on ${platform} wait. What people acknowledge and report there is recorded as ever, and need not be said again. The administrator can change the limit.`,
    'pushes-held': (platform) =>
      `To protect the account, assignments, nudges and other messages to ${platform} wait: please tell departments of urgent items another way. The administrator can change the limit.`,
  },
  toBind: (count, departments) => `To be checked: ${departments} (${count}).`,
}
