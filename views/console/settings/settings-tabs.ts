// The pages of the section Settings.
import type { Html } from '../../html.ts'
import { tabs } from '../frame/parts.ts'
import { t } from '../message.ts'

const pages = [
  ['sign-in', '/console/settings', t('Sign-in')],
  ['brand', '/console/settings/brand', t('Brand and language')],
  ['mail', '/console/settings/mail', t('Mail')],
  ['scim', '/console/settings/scim', t('SCIM')],
  ['audit', '/console/settings/audit', t('Audit trail')],
  ['keys', '/console/settings/keys', t('Keys')],
  ['certificates', '/console/settings/certificates', t('Certificates')],
  ['backup', '/console/settings/backup', t('Backup')],
] as const

export type SettingsPage = (typeof pages)[number][0]

export const settingsTabs = (current: SettingsPage): Html =>
  tabs(
    t('Settings'),
    pages.map(([name, href, title]) => ({ href, title, current: name === current })),
  )
