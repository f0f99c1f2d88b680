// Server certificates: the list with when they end.
import { type Html, html } from '../../html.ts'
import { nameSegment } from '../frame/name-segment.ts'
import { act, badge, command, done, heading, type ListLinks, listFoot, table, when } from '../frame/parts.ts'
import { t, type Words } from '../message.ts'
import { settingsTabs } from './settings-tabs.ts'

export interface CertificateRow {
  readonly name: string
  readonly path: string
  /** Names of hosts that it is for. */
  readonly hosts: readonly string[]
  readonly uploadedAt: string
  readonly endsAt: string
  readonly state: 'valid' | 'ends-soon' | 'ended'
}

export const certificatesPath = '/console/settings/certificates'
export const deleteCertificatePath = (name: string): string =>
  `${certificatesPath}/${nameSegment(name)}/delete`

const states = {
  valid: [t('Valid'), 'good'],
  'ends-soon': [t('Ends soon'), 'care'],
  ended: [t('Expired'), 'bad'],
} as const

function stateBadge({ state }: CertificateRow): Html {
  const [title, tone] = states[state]
  return badge(title, tone)
}

export const certificatesPage = (p: {
  readonly certificates: readonly CertificateRow[]
  readonly links: ListLinks
  readonly deniedUpload: string | undefined
  readonly deniedDelete: string | undefined
  readonly done: Words | undefined
  readonly commands: readonly string[]
}): Html => html`${heading({
  title: t('Settings'),
  acts: act({
    href: `${certificatesPath}/new`,
    label: t('Upload a certificate'),
    denied: p.deniedUpload,
    look: 'primary',
  }),
})}
${settingsTabs('certificates')}
${done(p.done)}
<p class="sub">${t('Certificates with their private keys, kept under a name for the servers of the account. Nobody reads a private key back. The certificate that this server itself serves is set where it is started.')}</p>
${table(
  t('Server certificates'),
  [
    {
      title: t('Name'),
      cell: (one) =>
        html`<span class="strong">${one.name}</span>${one.path !== '/' && html`<span class="note"> ${one.path}</span>`}`,
    },
    { title: t('For'), cell: (one) => html`<span class="break">${one.hosts.join(', ') || '–'}</span>` },
    { title: t('State'), cell: stateBadge },
    { title: t('Ends'), cell: (one) => when(one.endsAt) },
    { title: t('Uploaded'), cell: (one) => when(one.uploadedAt) },
    {
      title: t('Delete'),
      cell: (one) =>
        act({
          href: deleteCertificatePath(one.name),
          label: html`${t('Delete')}<span class="visually-hidden"> ${one.name}</span>`,
          denied: p.deniedDelete,
        }),
    },
  ],
  p.certificates,
  t('No server certificate.'),
)}
${listFoot(p.links)}
${command(p.commands)}`
