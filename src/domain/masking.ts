/** Personal details in free text, hidden so far that people still see what kind of thing stood there. */

const identityNumber = /(?<![0-9A-Za-z])(\d{6})\d{8}(\d{3}[0-9Xx])(?![0-9A-Za-z])/g
const mobileNumber = /(?<!\d)((?:\+?86[ -]?)?1[3-9]\d)[ -]?\d{4}[ -]?(\d{4})(?!\d)/g
const landline = /(?<!\d)(0\d{2,3})[ -]\d{3,4}(\d{4})(?!\d)/g

/** Phone and identity numbers as `138****5678`; full-width digits too. */
export function maskPersonal(text: string): string {
  return narrowDigits(text)
    .replace(identityNumber, '$1********$2')
    .replace(mobileNumber, '$1****$2')
    .replace(landline, '$1-****$2')
}

/** `张先生` of `张三丰`: the surname alone. */
export function maskName(name: string): string {
  const [first = '', ...rest] = [...name.trim()]
  return first + '*'.repeat(Math.min(rest.length, 2))
}

function narrowDigits(text: string): string {
  return text.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
}
