import type { zhCN } from './wording/zh-cn.ts'

/** Everything the bot can say; the Chinese wording is the original that every other one follows. */
export type Wording = typeof zhCN
