/** gRPC's codes, as `@grpc/grpc-js` has them. */
const cancelled = 1
const invalid = 3
const denied = 7
const exhausted = 8
const unavailable = 14

/** The gateway is gone: the stream on which it tells what happens was cut, or nobody is there. */
export function isGatewayLoss(error: unknown): boolean {
  const { code, message = '' } = (error ?? {}) as { code?: unknown; message?: string }
  return code === cancelled || code === unavailable || /\b(?:1 CANCELLED|14 UNAVAILABLE)\b/.test(message)
}

/** As the implementations of gRPC say it on either side of the line. */
const tooLong =
  /^(?:8 RESOURCE_EXHAUSTED: )?(?:grpc: )?(?:(?:sent|received) message (?:that decompresses to a size )?|(?:attempted|trying) to send message (?:with a size )?)larger than\b/i

/** The platform has said no by itself, so nothing was sent. Only how the error begins counts: it may repeat the message. */
export function refusalOf(
  error: unknown,
): 'too-much' | 'content-too-long' | 'content-invalid' | 'not-permitted' | undefined {
  const { code, message = '' } = (error ?? {}) as { code?: unknown; message?: string }
  // The same code, but about this one message: others go through.
  if (tooLong.test(message)) return 'content-too-long'
  if (code === exhausted || /^(?:\d{1,2} [A-Z_]+: )?(?:Error: )?\[?20001\b/.test(message)) return 'too-much'
  if (code === invalid) return 'content-invalid'
  return code === denied ? 'not-permitted' : undefined
}

/** It failed before anything was sent: no line to the gateway, or nobody logged in who could say it. */
export function isBeforeSending(error: unknown): boolean {
  const { message = '' } = (error ?? {}) as { message?: string }
  return /No connection established|Name resolution failed|not logged in|no grpc manager|NO CLIENT/i.test(
    message,
  )
}
