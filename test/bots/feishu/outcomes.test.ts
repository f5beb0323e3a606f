import { describe, expect, test } from 'vitest'
import { ApiError } from '../../../bots/feishu/api-error.ts'
import { outcomeOf } from '../../../bots/feishu/outcomes.ts'
import { Busy } from '../../../src/ports.ts'

describe('what a failed call means', () => {
  test.each([
    [
      { status: 429, code: 99991400, resetSeconds: 3 },
      { name: 'Busy', retryAfterMs: 3_000 },
    ],
    [
      { status: 400, code: 99991400 },
      { name: 'Busy', retryAfterMs: 1_000 },
    ],
    [{ status: 429 }, { name: 'Busy', retryAfterMs: 1_000 }],
    [
      { status: 400, code: 230020, resetSeconds: 0 },
      { name: 'Busy', retryAfterMs: 0 },
    ],
    [
      { status: 400, code: 230002 },
      { name: 'Refused', reason: 'bot-not-in-chat' },
    ],
    [
      { status: 400, code: 230011 },
      { name: 'Refused', reason: 'message-recalled' },
    ],
    [
      { status: 400, code: 230013 },
      { name: 'Refused', reason: 'person-out-of-scope' },
    ],
    [
      { status: 400, code: 230025 },
      { name: 'Refused', reason: 'content-too-long' },
    ],
    [
      { status: 400, code: 230031 },
      { name: 'Refused', reason: 'message-too-old' },
    ],
    [
      { status: 400, code: 230099 },
      { name: 'Refused', reason: 'content-invalid' },
    ],
    [
      { status: 400, code: 232009 },
      { name: 'Refused', reason: 'chat-dissolved' },
    ],
    [
      { status: 400, code: 234006 },
      { name: 'Refused', reason: 'content-too-long' },
    ],
    [
      { status: 400, code: 99991672 },
      { name: 'Refused', reason: 'not-permitted' },
    ],
    [
      { status: 400, code: 230999 },
      { name: 'Refused', reason: 'other' },
    ],
    [
      { status: 400, code: 99992402 },
      { name: 'Refused', reason: 'other' },
    ],
    [{ status: 400, code: 230049 }, { name: 'FeishuApiError' }],
    [{ status: 400, code: 10014 }, { name: 'FeishuApiError' }],
    [{ status: 400, code: 99991673 }, { name: 'FeishuApiError' }],
    [{ status: 400 }, { name: 'FeishuApiError' }],
    [{ status: 503, code: 230999 }, { name: 'FeishuApiError' }],
    [{ status: 400, code: 99991663 }, { name: 'FeishuApiError' }],
    [{ status: 500, code: 2200 }, { name: 'FeishuApiError' }],
    [{}, { name: 'FeishuApiError' }],
  ])('%j is %j', (answer, outcome) => {
    expect(outcomeOf(new ApiError('a call', answer))).toMatchObject(outcome)
  })

  test('a card on which a click is being answered is only locked for a moment', () => {
    const locked = new ApiError(
      'a call was answered with code 230099: ErrCode: 11310; ErrMsg: card action is lock;',
      {
        status: 400,
        code: 230099,
      },
    )
    expect(outcomeOf(locked)).toMatchObject({ name: 'Locked', retryAfterMs: 200 })
    expect(outcomeOf(locked)).toBeInstanceOf(Busy)
  })
})
