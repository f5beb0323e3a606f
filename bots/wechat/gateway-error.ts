/** gRPC's codes, as `@grpc/grpc-js` has them. */
const cancelled = 1
const unavailable = 14

/** The gateway is gone: the stream on which it tells what happens was cut, or nobody is there. */
export function isGatewayLoss(error: unknown): boolean {
  const { code, message = '' } = (error ?? {}) as { code?: unknown; message?: string }
  return code === cancelled || code === unavailable || /\b(?:1 CANCELLED|14 UNAVAILABLE)\b/.test(message)
}

/** It failed before anything was sent: no line to the gateway, or nobody logged in who could say it. */
export function isBeforeSending(error: unknown): boolean {
  const { message = '' } = (error ?? {}) as { message?: string }
  return /No connection established|Name resolution failed|not logged in|no grpc manager|NO CLIENT/i.test(
    message,
  )
}
