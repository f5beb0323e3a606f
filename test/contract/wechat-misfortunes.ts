import { vi } from 'vitest'
import { copyId } from '../../sandbox/wechat/ids.ts'
import type { World } from '../support/duban.ts'
import type { Misfortunes } from './world.ts'

/** What befalls a bot on WeChat; behind a gateway it is the gateway that is lost. */
export function misfortunes(world: World): Misfortunes {
  const { gateway } = world.wechat
  const puppet = () => world.wechat.puppet
  let faults: { mockRestore(): void }[] = []
  return {
    bringTwice: () => Object.assign(puppet().faults, { copies: 3, copiesUnderNewIds: 2 }),
    outOfOrder(first, second) {
      puppet().faults.reverseNext = 2
      first()
      second()
    },
    async loseConnection() {
      if (gateway) return gateway.kill()
      faults = [
        vi.spyOn(puppet(), 'ding').mockImplementation(() => {}),
        vi.spyOn(puppet(), 'onStart').mockRejectedValue(new Error('14 UNAVAILABLE: No connection')),
      ]
    },
    async restoreConnection() {
      if (gateway) return gateway.start()
      for (const fault of faults) fault.mockRestore()
    },
    cutNextSend({ chat }, outcome) {
      const { sendLog, faults: sends, ids } = puppet()
      const { note } = sendLog
      sendLog.note = (conversation) => {
        note(conversation)
        if (conversation !== ids.room(chat.chat_id)) return
        sends.sends = [outcome === 'arrived' ? 'logged-out-delivered' : 'logged-out']
        sendLog.note = note
      }
    },
    mend: () => world.wechat.scan(),
    replay() {
      puppet().replay(100)
      // Some puppets give out new ids then; only words can be known by what they say.
      const all = world.sandbox.wechat
        .chats()
        .flatMap(({ messages }) => messages.map((id) => world.sandbox.message(id)))
      for (const { message_id, msg_type } of all) {
        if (msg_type !== 'text') continue
        puppet().emit('message', { messageId: copyId(puppet().ids.message(message_id), 1) })
      }
    },
  }
}
