import { onTestFinished } from 'vitest'
import { type BotProcess, startBot } from '../../chaos/support/bot.ts'
import type { World } from './duban.ts'

/** Stops the world's own bot and starts one on the same files as a process of its own, which can be killed. */
export async function killableBot(world: World): Promise<BotProcess> {
  await world.stop()
  const ahead = world.clock.now() - Date.now()
  const bot = startBot({ ...world.env, LOG_LEVEL: 'trace' }, { ahead })
  onTestFinished(async () => {
    bot.kill()
    await bot.ended
  })
  if ((await bot.serves) === undefined) throw new Error('the bot ended before it served')
  return bot
}
