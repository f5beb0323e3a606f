/**
 * A call that Feishu answered with anything but success, or did not answer. Made where the HTTP client fails, from
 * which the raw error, with the app's secret and the request's content in it, gets no further.
 */
export class ApiError extends Error {
  /** HTTP status; absent where no answer came. */
  readonly status?: number
  /** Feishu's own code. */
  readonly code?: number
  /** Seconds to wait, from `x-ogw-ratelimit-reset`. */
  readonly resetSeconds?: number
  constructor(
    message: string,
    { status, code, resetSeconds }: { status?: number; code?: number; resetSeconds?: number } = {},
  ) {
    super(message)
    this.name = 'FeishuApiError'
    this.status = status
    this.code = code
    this.resetSeconds = resetSeconds
  }
}
