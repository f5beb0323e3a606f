import { misfortunes } from './wechat-misfortunes.ts'
import type { Subject } from './world.ts'

/** The bot with a puppet of its own. */
export const wechat: Subject = {
  platforms: ['wechat'],
  sendsOnce: false,
  putsInOrder: true,
  inWords: true,
  misfortunes,
}

/** The bot with a puppet behind a gateway, as those are that are rented. */
export const wechatService: Subject = { ...wechat, options: { wechat: { throughGateway: true } } }
