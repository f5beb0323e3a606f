/** What `scanXml` reports, in order. Names come without their namespace prefix. */
export interface XmlHandlers {
  open?(name: string, attribute: (name: string) => string | undefined): void
  close?(name: string): void
  text?(text: string): void
}

const maxDepth = 64
const openTag = /<([^\s/>"'=]+)((?:\s+[^\s=>"']+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/y

/**
 * Scans the XML that office software writes: elements, attributes, text, CDATA; no document type, hence no entities
 * of a file's own.
 * @throws {SyntaxError} where it is not well-formed
 */
export function scanXml(xml: string, on: XmlHandlers): void {
  const path: string[] = []
  let at = 0
  while (at < xml.length) {
    const tag = xml.indexOf('<', at)
    const end = tag === -1 ? xml.length : tag
    if (end > at && path.length > 0) on.text?.(decodeEntities(xml.slice(at, end)))
    if (tag === -1) break
    if (xml.startsWith('<!--', tag)) at = after('-->', tag + 4)
    else if (xml.startsWith('<?', tag)) at = after('?>', tag + 2)
    else if (xml.startsWith('<![CDATA[', tag)) {
      at = after(']]>', tag + 9)
      on.text?.(xml.slice(tag + 9, at - 3))
    } else if (xml.startsWith('</', tag)) {
      at = after('>', tag + 2)
      const name = xml.slice(tag + 2, at - 1).trimEnd()
      if (path.pop() !== name) throw new SyntaxError(`unexpected </${name.slice(0, 40)}>`)
      on.close?.(localName(name))
    } else {
      openTag.lastIndex = tag
      const found = openTag.exec(xml)
      if (!found) throw new SyntaxError(`bad tag at ${tag}`)
      at = openTag.lastIndex
      const [, name = '', attributes = '', selfClosing] = found
      on.open?.(localName(name), (wanted) => attributeIn(attributes, wanted))
      if (selfClosing) on.close?.(localName(name))
      else if (path.push(name) > maxDepth) throw new SyntaxError('too deep')
    }
  }
  if (path.length > 0) throw new SyntaxError(`<${path.at(-1)}> is not closed`)

  function after(mark: string, from: number): number {
    const found = xml.indexOf(mark, from)
    if (found === -1) throw new SyntaxError(`no ${mark}`)
    return found + mark.length
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

const oneAttribute = /\s+([^\s=>"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')/y

/** By its name, or by its local name under whatever prefix: `id` finds `r:id`. */
function attributeIn(attributes: string, wanted: string): string | undefined {
  oneAttribute.lastIndex = 0
  for (let found = oneAttribute.exec(attributes); found; found = oneAttribute.exec(attributes)) {
    const [, name = '', doubly, singly] = found
    if (localName(name) === wanted) return decodeEntities(doubly ?? singly ?? '')
  }
  return undefined
}

const entity = /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi
const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(entity, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name) return named[name.toLowerCase()] ?? whole
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal)
    // fromCodePoint, for rare characters in names lie beyond 16 bits.
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}
