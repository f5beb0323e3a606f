/** A refusal as the open platform gives it. */
export class ApiError extends Error {
  readonly code: number
  readonly status: number
  readonly headers: Record<string, string>
  constructor(code: number, status: number, message: string, headers: Record<string, string> = {}) {
    super(message)
    this.name = 'ApiError'
    this.code = code
    this.status = status
    this.headers = headers
  }
}

const refusals = {
  wrongSecret: [10014, 200, 'app secret invalid'],
  unknownApp: [10003, 200, 'invalid param'],
  missingToken: [99991661, 400, 'Missing access token for authorization'],
  badToken: [99991663, 400, 'Invalid access token for authorization'],
  frequency: [99991400, 429, 'request trigger frequency limit'],
  params: [230001, 400, 'Your request contains an invalid request parameter'],
  botNotInChat: [230002, 400, 'The bot can not be outside the group'],
  notSender: [230012, 400, 'Bot is NOT the sender of the message'],
  notResourceOwner: [230017, 400, 'Bot is NOT the owner of the resource'],
  recalled: [230011, 400, 'The message is recalled'],
  outOfScope: [230013, 400, 'Bot has NO availability to this user'],
  chatFrequency: [230020, 400, 'This operation triggers the frequency limit'],
  tooLong: [230025, 400, 'The length of the message content reaches its limit'],
  notPermitted: [230027, 400, 'Lack of necessary permissions'],
  tooOld: [230031, 400, 'Message can only be modified within 14 days after sending'],
  receiver: [230034, 400, 'The receive_id is invalid'],
  cardInvalid: [230099, 400, 'Failed to create card content'],
  chatParams: [232001, 400, 'Your request contains an invalid request parameter'],
  chatNotFound: [232006, 400, 'Your request specifies a chat_id which is invalid'],
  dissolved: [232009, 400, 'Your request specifies a chat which has already been dissolved'],
  botOutsideChat: [232011, 400, 'Operator can NOT be out of the chat'],
  fileParams: [234001, 400, 'Invalid request param'],
  fileNotInMessage: [234003, 400, 'File not in message'],
  fileTooBig: [234006, 400, 'The file size exceed the max value'],
  appNotInChat: [234004, 400, 'App not in chat'],
  fileEmpty: [234010, 400, "File's size can't be 0"],
  imageUnreadable: [234011, 400, "Can't regonnize the image format"],
  personNotFound: [41050, 400, 'no user authority error'],
  cardTokenInvalid: [300040, 400, 'invalid token'],
} as const satisfies Record<string, readonly [code: number, status: number, message: string]>

export type Refusal = keyof typeof refusals

/** The refusal of that name; `detail` says what was wrong, as the platform's `ext=`. */
export function refusal(name: Refusal, detail?: string, headers?: Record<string, string>): ApiError {
  const [code, status, message] = refusals[name]
  return new ApiError(code, status, detail ? `${message}, ext=${detail}` : message, headers)
}
