/**
 * A cell that begins like a formula can run one when a spreadsheet opens the file, whoever wrote the text: a citizen,
 * say. Such text gets a leading apostrophe. A plain number, `-12.5` or `+8613800138000`, is left alone: it computes
 * nothing. `+86-21-…` is not, since Excel would subtract. The reader of .csv takes the apostrophe off again.
 */
export function guardFormula(text: string): string {
  return formulaStart.test(text) && !plainNumber.test(text) ? `'${text}` : text
}

export function unguardFormula(text: string): string {
  return text.startsWith("'") && formulaStart.test(text.slice(1)) ? text.slice(1) : text
}

// The full-width signs count too: an East Asian Excel reads them as their ASCII twins. So does what stands behind blanks,
// and what nobody sees: one program or another drops those.
const formulaStart = /^(?:[\t\r\n]|[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠])/u
const plainNumber = /^[+-]\d+(\.\d+)?$/
