import { departmentReach } from '../../db/diagnosis.ts'
import { withApp } from '../open.ts'
import { type Check, type Finding, ok, someNames, warning } from './finding.ts'

export const directoryCheck: Check = {
  name: 'directory',
  async run(desk) {
    const { t } = desk.voice
    const words = t.operator.doctor.directory
    return withApp(desk, { made: false }, async ({ app }) => {
      const departments = await departmentReach(app.db.read)
      if (departments.length === 0) return [warning(words.empty, words.emptyAdvice)]
      const findings: Finding[] = []
      if (!departments.some(({ roles }) => roles.has('lead'))) {
        findings.push(warning(words.noLead, words.noLeadAdvice))
      }
      const withoutGroup = departments.filter(({ groups }) => groups === 0).map(({ name }) => name)
      const withoutContact = departments
        .filter(({ roles }) => !roles.has('contact') && !roles.has('lead'))
        .map(({ name }) => name)
      if (withoutGroup.length > 0) {
        findings.push(warning(words.noGroup(someNames(withoutGroup, t)), words.noGroupAdvice))
      }
      if (withoutContact.length > 0) {
        findings.push(warning(words.noContact(someNames(withoutContact, t)), words.noContactAdvice))
      }
      return findings.length > 0 ? findings : [ok(words.ok(departments.length))]
    })
  },
}
