import type { World } from '../support/duban.ts'
import { describeContract } from './contract.ts'
import type { Misfortunes } from './world.ts'

describeContract('Feishu', {
  platforms: ['feishu'],
  sendsOnce: true,
  putsInOrder: false,
  inWords: false,
  options: {
    connectionTiming: { pingTimeoutSeconds: 5, firstPauseMs: 50, longestPauseMs: 100 },
    sandbox: { timing: { answerWithinMs: 500, redeliverAfterMs: [100, 500, 1_000, 2_000] } },
  },
  misfortunes,
})

const away = { status: 503, code: 1500 }
const endless = 100_000

function misfortunes({ sandbox }: World): Misfortunes {
  return {
    bringTwice: () => sandbox.setFaults({ duplicateEvents: 3 }),
    outOfOrder(first, second) {
      // What got no answer is brought again, after what was said meanwhile.
      sandbox.setFaults({ halfOpen: true })
      first()
      sandbox.setFaults({ halfOpen: false })
      second()
    },
    async loseConnection() {
      sandbox.setFaults({
        failNext: { count: endless, ...away },
        failDiscovery: { count: endless, ...away, withData: false },
      })
      sandbox.dropConnections()
    },
    async restoreConnection() {
      sandbox.setFaults({
        failNext: { count: 0, ...away },
        failDiscovery: { count: 0, ...away, withData: false },
      })
    },
    // It meets whichever message is sent first: that group's, or the answer to the command.
    cutNextSend: (_, outcome) =>
      sandbox.setFaults(outcome === 'arrived' ? { cutNext: 1 } : { failNext: { count: 1, ...away } }),
    async mend() {},
    replay() {},
  }
}
