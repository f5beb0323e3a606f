import { z } from 'zod'

/** Through what the bot reaches WeChat, and how much it may say there. */
export interface WechatConfig {
  /** The module of the puppet, as npm calls it. */
  puppet: string
  /** What the seller of a puppet or of a gateway gives out. */
  token?: string
  /** A gateway of one's own, `host:port`. */
  endpoint?: string
  /** Who knows the gateway of a token, `host`. */
  authority?: string
  /** What is said goes to the gateway as it is, for all to read who are in between. */
  unencrypted: boolean
  /** Who brings it may see the login page. By default one is made and kept in the data folder. */
  loginToken?: string
  /** Messages in 24 hours. */
  dailyCap: number
}

export const servicePuppet = 'wechaty-puppet-service'

const set = z.string().trim().min(1).optional().catch(undefined)
const shortestToken = 16

/**
 * The WECHATY_… variables of an environment → the config, or `undefined` where WeChat is off. An empty value counts as
 * not set. Every fault is an issue of its own, whose path is the variable's name; none repeats a token.
 */
export const wechatEnv = z
  .object({
    WECHATY_PUPPET: set,
    WECHATY_TOKEN: set,
    WECHATY_ENDPOINT: set,
    WECHATY_PUPPET_SERVICE_AUTHORITY: set,
    WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT: set,
    WECHATY_LOGIN_TOKEN: set,
    WECHATY_DAILY_CAP: set,
  })
  .transform((env, context): WechatConfig | undefined => {
    if (env.WECHATY_PUPPET === undefined) return undefined
    const fault = (name: keyof typeof env, message: string) => {
      context.addIssue({ code: 'custom', path: [name], message })
    }

    if (!/^(@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*$/.test(env.WECHATY_PUPPET)) {
      fault('WECHATY_PUPPET', 'must be the name of an npm module, like wechaty-puppet-service')
    }
    if (env.WECHATY_PUPPET === servicePuppet && env.WECHATY_TOKEN === undefined) {
      fault('WECHATY_TOKEN', `is required with WECHATY_PUPPET=${servicePuppet}`)
    }
    // It is the name of a folder, too.
    if (env.WECHATY_TOKEN !== undefined && !/^[\w.=-]+$/.test(env.WECHATY_TOKEN)) {
      fault('WECHATY_TOKEN', 'must be of letters, digits, dots, dashes and underscores')
    }
    if (env.WECHATY_ENDPOINT !== undefined && !isHostAndPort(env.WECHATY_ENDPOINT)) {
      fault('WECHATY_ENDPOINT', 'must be host:port, like 127.0.0.1:18788')
    }
    const authority = env.WECHATY_PUPPET_SERVICE_AUTHORITY
    if (authority !== undefined && !/^[\w.-]+(:\d{1,5})?$/.test(authority)) {
      fault('WECHATY_PUPPET_SERVICE_AUTHORITY', 'must be a host, like api.chatie.io')
    }
    const unencrypted = env.WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT ?? 'false'
    if (unencrypted !== 'true' && unencrypted !== 'false') {
      fault('WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT', 'must be true or false')
    }
    const loginToken = env.WECHATY_LOGIN_TOKEN
    if (loginToken !== undefined && loginToken.length < shortestToken) {
      fault('WECHATY_LOGIN_TOKEN', `must have at least ${shortestToken} characters`)
    } else if (loginToken !== undefined && !/^[\w.~-]+$/.test(loginToken)) {
      fault('WECHATY_LOGIN_TOKEN', 'must be of letters, digits, dots, dashes and underscores')
    }
    const dailyCap = env.WECHATY_DAILY_CAP ?? '300'
    if (!/^[1-9]\d{0,4}$/.test(dailyCap)) fault('WECHATY_DAILY_CAP', 'must be a number from 1 to 99999')

    if (context.issues.length > 0) return z.NEVER
    return {
      puppet: env.WECHATY_PUPPET,
      token: env.WECHATY_TOKEN,
      endpoint: env.WECHATY_ENDPOINT,
      authority,
      unencrypted: unencrypted === 'true',
      loginToken,
      dailyCap: Number(dailyCap),
    }
  })

function isHostAndPort(text: string): boolean {
  const [, port = ''] = /^(?:[\w.-]+|\[[0-9a-f:.]+\]):(\d{1,5})$/i.exec(text) ?? []
  return port !== '' && Number(port) >= 1 && Number(port) <= 65_535
}
