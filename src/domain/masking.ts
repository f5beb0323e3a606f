/** Personal details in free text, hidden so far that people still see what kind of thing stood there. */

const identityNumber = /(?<![0-9A-Za-z])(\d{6})\d{8}(\d{3}[0-9Xx])(?![0-9A-Za-z])/g
/** As issued before 1999, with a two-digit year of birth; other numbers of this length have no such date in them. */
const oldIdentityNumber =
  /(?<![0-9A-Za-z])([1-9]\d{5})\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(\d{3})(?![0-9A-Za-z])/g
const mobileNumber = /(?<!\d)((?:\+?86[ -]?)?1[3-9]\d)[ -]?\d{4}[ -]?(\d{4})(?!\d)/g

const areaCode = '010|02\\d|0[3-9]\\d{2}'
const localNumber = '[2-9]\\d{2,3}[ -]?(\\d{4})(?!\\d)'
const landline = new RegExp(`(?:(?<!\\d)(${areaCode})[ -]?|[（(](${areaCode})[）)][ -]?)${localNumber}`, 'g')

/** What numbers of houses follow; the name itself stays, so that people see where about it is. */
const street = '(?:路|街|大道|街道|村|坊|苑|小区|花园|家园|公寓)'
/** `3号线`, `2号文件` and `5号口` are no houses. */
const numbered = '号(?!线|文|令|公告|通知|口|桥|岗|泵|闸|井|杆|门(?!口|牌|洞|\\d))'
const house = `\\d+(?:-\\d+)*(?:支弄|弄|号楼|${numbered}|栋|幢|座|单元)`
const room = '\\d+(?:-\\d+)?室'
const bareRoom = '\\d{3,4}(?=$|[，。；、：,.;:\\s）)])'
/** A home: the house alone is where the trouble is, which whoever sees to it must know. */
const address = new RegExp(`(?<=${street}) ?(?:${house})+(?:${room}|${bareRoom})`, 'g')
/** Down to the room it is an address even where no street is named. It begins with its first house, never amid the row. */
const dwelling = new RegExp(`(?<!\\d|\\d-|\\d(?:支?弄|号楼?|栋|幢|座|单元))(?:${house})+\\d+室`, 'g')

/**
 * Phone and identity numbers as `138****5678`, house and room of a home as `***`; full-width digits too.
 * Service numbers such as 12345 or 400-820-8888 stay.
 */
export function maskPersonal(text: string): string {
  return narrowDigits(text)
    .replace(identityNumber, '$1********$2')
    .replace(oldIdentityNumber, '$1******$2')
    .replace(mobileNumber, '$1****$2')
    .replace(landline, '$1$2-****$3')
    .replace(address, '***')
    .replace(dwelling, '***')
}

function narrowDigits(text: string): string {
  return text.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
}
