import { z } from 'zod'

/** How the bot reaches Feishu, or a Lark or private deployment of it. */
export interface FeishuConfig {
  appId: string
  appSecret: string
  /** Without a trailing slash. */
  domain: string
  transport: { kind: 'ws' } | { kind: 'webhook'; encryptKey: string; verificationToken: string }
}

const set = z.string().trim().min(1).optional().catch(undefined)

/**
 * The FEISHU_… variables of an environment → the config, or `undefined` where Feishu is off. An empty value counts as
 * not set. Every fault is an issue of its own, whose path is the variable's name.
 */
export const feishuEnv = z
  .object({
    FEISHU_APP_ID: set,
    FEISHU_APP_SECRET: set,
    FEISHU_DOMAIN: set,
    FEISHU_TRANSPORT: set,
    FEISHU_ENCRYPT_KEY: set,
    FEISHU_VERIFICATION_TOKEN: set,
  })
  .transform((env, context): FeishuConfig | undefined => {
    if (env.FEISHU_APP_ID === undefined && env.FEISHU_APP_SECRET === undefined) return undefined
    const fault = (name: keyof typeof env, message: string) => {
      context.addIssue({ code: 'custom', path: [name], message })
    }

    // The SDK's long connection silently never starts with an id of another shape.
    if (env.FEISHU_APP_ID === undefined) fault('FEISHU_APP_ID', 'is missing while FEISHU_APP_SECRET is set')
    else if (!/^cli_[0-9a-fA-F]{16}$/.test(env.FEISHU_APP_ID)) {
      fault('FEISHU_APP_ID', 'must be cli_ and 16 hexadecimal digits')
    }
    if (env.FEISHU_APP_SECRET === undefined)
      fault('FEISHU_APP_SECRET', 'is missing while FEISHU_APP_ID is set')

    const domain = baseUrl(env.FEISHU_DOMAIN ?? 'https://open.feishu.cn')
    if (domain === undefined) fault('FEISHU_DOMAIN', 'must be a base URL, like https://open.feishu.cn')

    const transport = env.FEISHU_TRANSPORT ?? 'ws'
    if (transport !== 'ws' && transport !== 'webhook') fault('FEISHU_TRANSPORT', 'must be ws or webhook')
    if (transport === 'webhook') {
      for (const name of ['FEISHU_ENCRYPT_KEY', 'FEISHU_VERIFICATION_TOKEN'] as const) {
        if (env[name] === undefined) fault(name, 'is required with FEISHU_TRANSPORT=webhook')
      }
    }

    if (context.issues.length > 0) return z.NEVER
    return {
      appId: env.FEISHU_APP_ID as string,
      appSecret: env.FEISHU_APP_SECRET as string,
      domain: domain as string,
      transport:
        transport === 'webhook'
          ? {
              kind: 'webhook',
              encryptKey: env.FEISHU_ENCRYPT_KEY as string,
              verificationToken: env.FEISHU_VERIFICATION_TOKEN as string,
            }
          : { kind: 'ws' },
    }
  })

/** The URL without trailing slashes: with one the SDK would ask for `//open-apis`, which is not found. */
function baseUrl(text: string): string | undefined {
  const url = URL.parse(text)
  const usable = url && /^https?:$/.test(url.protocol) && !url.search && !url.hash && !url.username
  return usable ? `${url.origin}${url.pathname}`.replace(/(?<!\/)\/+$/, '') : undefined
}
