import type { Wording } from '../../messages/wording.ts'
import type { Desk } from '../desk.ts'

/** One line of what the doctor found. */
export interface Finding {
  level: 'ok' | 'warning' | 'fault'
  text: string
  /** What to do about it. */
  advice?: string
}

export interface Check {
  /** Its name, by its key in the wording. */
  name: CheckName
  /** Never throws what belongs in a finding. */
  run(desk: Desk): Promise<Finding[]>
}

type DoctorWords = Wording['operator']['doctor']
export type CheckName = {
  [Key in keyof DoctorWords]: DoctorWords[Key] extends { name: string } ? Key : never
}[keyof DoctorWords]

export function ok(text: string): Finding {
  return { level: 'ok', text }
}

export function warning(text: string, advice: string): Finding {
  return { level: 'warning', text, advice }
}

export function fault(text: string, advice: string): Finding {
  return { level: 'fault', text, advice }
}

const namesShown = 8

/** The first of some names, and how many more there are. */
export function someNames(names: readonly string[], t: Wording): string {
  return t.operator.doctor.and(t.list(names.slice(0, namesShown)), Math.max(0, names.length - namesShown))
}
