import type { Source, Urgency } from '../domain/item.ts'
import type { Role } from '../domain/person.ts'
import type { Platform } from '../ports.ts'

/** How the values of a field may be written in a file, beside the key itself. */
export type Names<K extends string> = Readonly<Record<K, readonly string[]>>

export const sourceNames: Names<Source> = {
  hotline: ['12345', '12345热线', '12345市民热线', '12345市民服务热线', '市民热线', '市民服务热线'],
  public_account: ['上海发布', '公众号', '政务公众号'],
  deputy: ['人大代表', '人大代表建议'],
  cppcc: ['政协委员', '政协委员提案', '政协'],
  expert: ['专家', '专家建议'],
  online: ['网络舆情', '网络', '舆情'],
  enterprise_visit: ['企业走访', '走访企业'],
  enterprise_online: ['企业云走访', '云走访'],
  other: ['其他', '其它'],
}

export const urgencyNames: Names<Urgency> = {
  normal: ['一般', '普通'],
  urgent: ['急', '紧急'],
  critical: ['特急'],
}

export const roleNames: Names<Role> = {
  lead: ['专班', '专班人员'],
  contact: ['联络员'],
  backup: ['B角'],
  leader: ['分管领导'],
  observer: ['观察员'],
}

export const platformNames: Names<Platform> = {
  feishu: ['飞书', 'lark'],
  wechat: ['微信', '企业微信', 'wecom'],
}

/** `true` and `false` answer `isOffDay`, the key in the holiday tables that go about as JSON. */
export const dayKindNames: Names<'holiday' | 'workday'> = {
  holiday: ['放假', '休', '休息', '节假日', '假日', 'true'],
  workday: ['上班', '班', '补班', '调休', '调休上班', '工作日', 'false'],
}

/** Finds the key that a text names, whatever its case, width and spaces; null where it names none. */
export function nameFinder<K extends string>(names: Names<K>): (text: string) => K | null {
  const keys = new Map<string, K>()
  for (const [key, others] of Object.entries(names) as [K, readonly string[]][]) {
    for (const name of [key, ...others]) keys.set(nameKey(name), key)
  }
  return (text) => keys.get(nameKey(text)) ?? null
}

/** The form in which two names are the same name. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').replace(/\s+/g, '').toLowerCase()
}
