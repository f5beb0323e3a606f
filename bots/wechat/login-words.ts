import type { Locale } from '../../src/messages/voice.ts'

/** What those who look after the login read, on its page and at the console. */
export interface LoginWords {
  title: string
  connecting: string
  connectingAdvice: string
  scan: string
  scanAdvice: string
  scanned: string
  scannedAdvice: string
  loggedIn(name: string): string
  loggedInAdvice: string
  loggedOut: string
  loggedOutAdvice: string
  reason(reason: string): string
  lost: string
  lostAdvice: string
  stopped: string
  stoppedAdvice: string
  codeLabel: string
  renewed: string
  refused: string
  tooOften: string
  /** At the console, above the code. */
  scanAtConsole: string
  /** At the console, once: the page's address, from its path on. */
  pageAtConsole(path: string): string
  /** The same where others may read it: the token lies in that file. */
  tokenAtConsole(path: string, file: string): string
}

const zhCN: LoginWords = {
  title: '督办机器人 · 微信登录',
  connecting: '正在连接',
  connectingAdvice: '正在连接微信，请稍候。',
  scan: '等待扫码',
  scanAdvice: '请用机器人的微信账号扫描二维码，并在手机上确认登录。',
  scanned: '已扫码',
  scannedAdvice: '请在手机上确认登录。',
  loggedIn: (name) => (name ? `已登录为“${name}”` : '已登录'),
  loggedInAdvice: '机器人正在收发微信消息。',
  loggedOut: '已退出',
  loggedOutAdvice: '正在获取新的二维码，请稍候。',
  reason: (reason) => `原因：${reason}`,
  lost: '网关无响应',
  lostAdvice: '正在重新连接。如长时间未恢复，请检查网关和网络。',
  stopped: '已停止',
  stoppedAdvice: '机器人未在运行。',
  codeLabel: '登录二维码',
  renewed: '本页自动更新。二维码仅供登录使用，请勿转发。',
  refused: '无权访问：地址中的令牌不正确。',
  tooOften: '尝试次数过多，请稍后再试。',
  scanAtConsole: '请用机器人的微信账号扫描二维码登录',
  pageAtConsole: (path) => `微信登录页（请勿转发）：${path}`,
  tokenAtConsole: (path, file) => `微信登录页：${path}，令牌见 ${file}`,
}

const en: LoginWords = {
  title: 'Duban · WeChat login',
  connecting: 'Connecting',
  connectingAdvice: 'Connecting to WeChat; one moment, please.',
  scan: 'Waiting for a scan',
  scanAdvice: 'Scan the code with the bot’s WeChat account and confirm on the phone.',
  scanned: 'Scanned',
  scannedAdvice: 'Confirm on the phone.',
  loggedIn: (name) => (name ? `Logged in as “${name}”` : 'Logged in'),
  loggedInAdvice: 'The bot sends and receives on WeChat.',
  loggedOut: 'Logged out',
  loggedOutAdvice: 'A new code is being fetched; one moment, please.',
  reason: (reason) => `Reason: ${reason}`,
  lost: 'The gateway does not answer',
  lostAdvice: 'Connecting again. If that goes on for long, check the gateway and the network.',
  stopped: 'Stopped',
  stoppedAdvice: 'The bot is not running.',
  codeLabel: 'Login code',
  renewed: 'This page renews itself. The code is for logging in only: do not pass it on.',
  refused: 'Not allowed: the token in the address is wrong.',
  tooOften: 'Too many tries; please try again later.',
  scanAtConsole: 'Scan this code with the bot’s WeChat account to log in',
  pageAtConsole: (path) => `WeChat login page (do not pass on): ${path}`,
  tokenAtConsole: (path, file) => `WeChat login page: ${path}; the token is in ${file}`,
}

export const loginWords = { 'zh-CN': zhCN, en } satisfies Record<Locale, LoginWords>
