// The pages of the section Settings.
import type { Html } from '../../html.ts'
import { tabs } from '../frame/parts.ts'

const pages = [
  ['sign-in', '/console/settings', 'Sign-in'],
  ['brand', '/console/settings/brand', 'Brand and language'],
  ['mail', '/console/settings/mail', 'Mail'],
  ['scim', '/console/settings/scim', 'SCIM'],
  ['audit', '/console/settings/audit', 'Audit trail'],
  ['keys', '/console/settings/keys', 'Keys'],
  ['certificates', '/console/settings/certificates', 'Certificates'],
  ['backup', '/console/settings/backup', 'Backup'],
] as const

export type SettingsPage = (typeof pages)[number][0]

export const settingsTabs = (current: SettingsPage): Html =>
  tabs(
    'Settings',
    pages.map(([name, href, title]) => ({ href, title, current: name === current })),
  )
