import { commands } from '../../src/commands/index.ts'
import { createRouter } from '../../src/commands/router.ts'
import type { Answer, IncomingAction, IncomingText } from '../../src/ports.ts'
import type { App } from '../../src/services/app.ts'

/** Where somebody speaks or clicks, and who. */
export interface Place {
  chat: string
  person: string
}

/** Speaks to the bot without a platform between: everything goes straight into its router. */
export interface Speaker {
  say(at: Place, text: string, more?: Partial<IncomingText>): Promise<Answer>
  press(at: Place, args: Pick<IncomingAction, 'command' | 'args' | 'messageId'>): Promise<Answer>
}

export function speakTo(app: App): Speaker {
  const handle = createRouter(app, commands)
  let events = 0
  const base = ({ chat, person }: Place) => {
    events += 1
    return {
      platform: 'feishu' as const,
      ids: [`said-${events}`],
      at: app.clock.now(),
      chat: { id: chat, kind: 'group' as const },
      sender: { account: person },
      messageId: `om_said-${events}`,
    }
  }
  return {
    say: (at, text, more) =>
      handle({
        ...base(at),
        kind: 'text',
        text,
        mentionsBot: false,
        mentions: [],
        replyTo: [],
        attachments: [],
        ...more,
      }),
    press: (at, pressed) => handle({ ...base(at), kind: 'action', ...pressed }),
  }
}
