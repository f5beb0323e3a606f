export interface Part {
  name: string
  filename?: string
  data: Buffer
}

/** The parts of a `multipart/form-data` body; parts without a filename keep their bytes too. @throws {RangeError} */
export function readMultipart(contentType: string, body: Buffer): Part[] {
  const boundary = /^multipart\/form-data\s*;.*?boundary="?([^";]+)"?/i.exec(contentType)?.[1]
  if (!boundary) throw new RangeError('no multipart boundary')
  const delimiter = Buffer.from(`\r\n--${boundary}`)
  const framed = Buffer.concat([Buffer.from('\r\n'), body])
  const parts: Part[] = []
  let from = framed.indexOf(delimiter)
  if (from !== 0) throw new RangeError('multipart body does not begin with its boundary')
  for (;;) {
    const start = from + delimiter.length
    if (framed.subarray(start, start + 2).toString('latin1') === '--') return parts
    const end = framed.indexOf(delimiter, start)
    if (end < 0) throw new RangeError('multipart body ends too early')
    parts.push(readPart(framed.subarray(start + 2, end)))
    from = end
  }
}

function readPart(bytes: Buffer): Part {
  const split = bytes.indexOf('\r\n\r\n')
  if (split < 0) throw new RangeError('multipart part without headers')
  const headers = bytes.subarray(0, split).toString('utf8')
  const disposition = /^content-disposition:\s*form-data;(.*)$/im.exec(headers)?.[1] ?? ''
  const name = /(?:^|[;\s])name="([^"]*)"/.exec(disposition)?.[1]
  if (name === undefined) throw new RangeError('multipart part without a name')
  const filename = /filename="([^"]*)"/.exec(disposition)?.[1]
  return { name, data: Buffer.from(bytes.subarray(split + 4)), ...(filename !== undefined && { filename }) }
}
