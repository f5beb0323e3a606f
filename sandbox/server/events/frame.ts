import protobuf from 'protobufjs'

/** A frame of the long connection. `method` 0 is control (ping, pong), 1 is data. */
export interface Frame {
  service: number
  method: 0 | 1
  headers: Record<string, string>
  payload?: Uint8Array
}

const definition = `
syntax = "proto2";
package pbbp2;
message Header { required string key = 1; required string value = 2; }
message Frame {
  required uint64 SeqID = 1;
  required uint64 LogID = 2;
  required int32 service = 3;
  required int32 method = 4;
  repeated Header headers = 5;
  optional string payload_encoding = 6;
  optional string payload_type = 7;
  optional bytes payload = 8;
  optional string LogIDNew = 9;
}`

const type = protobuf.parse(definition, { keepCase: true }).root.lookupType('pbbp2.Frame')
// At once: the SDK, where the same process loads it later, takes protobufjs its 64-bit numbers, and a set-up begun would fail.
type.setup()

export function encodeFrame(frame: Frame): Uint8Array {
  const headers = Object.entries(frame.headers).map(([key, value]) => ({ key, value }))
  return type.encode(type.create({ SeqID: 0, LogID: 0, ...frame, headers })).finish()
}

/** @throws where the bytes are no frame. */
export function decodeFrame(bytes: Uint8Array): Frame {
  const decoded = type.decode(bytes) as unknown as {
    service: number
    method: number
    headers: { key: string; value: string }[]
    payload: Uint8Array
  }
  if (decoded.method !== 0 && decoded.method !== 1) throw new RangeError(`unknown method ${decoded.method}`)
  return {
    service: decoded.service,
    method: decoded.method,
    headers: Object.fromEntries(decoded.headers.map(({ key, value }) => [key, value])),
    payload: decoded.payload,
  }
}
