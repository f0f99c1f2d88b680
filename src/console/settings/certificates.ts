// Server certificates: the list with when they end, the upload of one, and its end.

import { day, isoOf } from '../../../views/console/frame/parts.ts'
import { t, type Words } from '../../../views/console/message.ts'
import {
  type CertificateRow,
  certificatesPage,
  certificatesPath,
  deleteCertificatePath,
} from '../../../views/console/settings/certificates.ts'
import { requiredSecret } from '../../iam/password/secret-input.ts'
import { certificateEndsSoon } from '../../iam/report/findings.ts'
import { type ListedCertificate, listedCertificate } from '../../iam/server-certificates.ts'
import { isProblem, Problem, type ProblemCode } from '../../problem.ts'
import { awsCommand } from '../frame/command.ts'
import { askToConfirm } from '../frame/confirm.ts'
import { sendList } from '../frame/download.ts'
import { type FieldSpec, isFormProblem, requireFields } from '../frame/form.ts'
import { openFresh, staleProblem } from '../frame/fresh.ts'
import { listLinks } from '../frame/list.ts'
import { type NewForm, showNewForm } from '../frame/new.ts'
import { withNewName } from '../frame/new-name.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { ConsoleRoute } from '../frame/route.ts'
import { sentence } from '../frame/sentence.ts'
import { showPage } from '../frame/show.ts'

/** Bytes of the form: a certificate has up to 16 kB, and a chain is some of them. */
const mostBytes = 131_072

const doneMessages: ReadonlyMap<string, Words> = new Map([
  ['uploaded', t('The certificate was uploaded.')],
  ['deleted', t('The certificate was deleted.')],
])

const list = async (request: ConsoleRequest, marker: string | undefined, maxItems: number) => {
  const { iam, now } = request.ports
  const found = await iam.listServerCertificates(request.call, { marker, maxItems })
  return { items: found.items.map((one) => rowOf(listedCertificate(one), now())), cursor: found.marker }
}

function rowOf({ createdAt, notAfter, ...certificate }: ListedCertificate, now: number) {
  const state: CertificateRow['state'] =
    notAfter <= now ? 'ended' : certificateEndsSoon(notAfter, now) ? 'ends-soon' : 'valid'
  return { ...certificate, uploadedAt: isoOf(createdAt), endsAt: isoOf(notAfter), state }
}

async function showCertificates(request: ConsoleRequest): Promise<void> {
  const cursor = request.query.get('cursor') || undefined
  const denial = (action: string) =>
    request.denial({
      action: `iam:${action}`,
      resource: `arn:aws:iam::${request.accountId}:server-certificate/*`,
    })
  const [{ items, cursor: next }, deniedUpload, deniedDelete] = await Promise.all([
    list(request, cursor, 50),
    denial('UploadServerCertificate'),
    denial('DeleteServerCertificate'),
  ])
  await showPage(request, {
    section: 'settings',
    title: t('Certificates'),
    body: certificatesPage({
      certificates: items,
      links: listLinks(certificatesPath, {}, { cursor, next }),
      deniedUpload,
      deniedDelete,
      done: doneMessages.get(request.query.get('done') ?? ''),
      commands: [awsCommand(request.ports.issuer, 'iam list-server-certificates')],
    }),
  })
}

const download =
  (format: 'csv' | 'json') =>
  (request: ConsoleRequest): Promise<void> =>
    sendList(request, format, {
      name: 'server-certificates',
      page: (cursor) => list(request, cursor, 200),
      columns: [
        ['name', ({ name }) => name],
        ['hosts', ({ hosts }) => hosts.join(' ')],
        ['state', ({ state }) => state],
        ['endsAt', ({ endsAt }) => endsAt],
        ['uploadedAt', ({ uploadedAt }) => uploadedAt],
        ['id', ({ id }) => id],
        ['arn', ({ arn }) => arn],
      ],
    })

const fields: readonly FieldSpec[] = [
  {
    name: 'name',
    label: t('Name'),
    kind: 'text',
    required: true,
    note: t('For instance {example}.', { example: 'www-2027' }),
  },
  {
    name: 'path',
    label: t('Path'),
    kind: 'text',
    note: t('A part of the ARN, for instance {example}.', { example: '/edge/' }),
  },
  {
    name: 'certificate',
    label: t('Certificate'),
    kind: 'document',
    rows: 8,
    required: true,
    note: t('PEM, from BEGIN CERTIFICATE to END CERTIFICATE.'),
  },
  {
    name: 'privateKey',
    label: t('Private key'),
    kind: 'document',
    rows: 8,
    required: true,
    note: t(
      'PEM, not encrypted. It is stored sealed, and never shown again: paste it anew when this form is shown again.',
    ),
  },
  {
    name: 'chain',
    label: t('Certificates of its issuers'),
    kind: 'document',
    rows: 8,
    note: t('PEM, one after the other.'),
  },
]

/** The field that a refusal is about. */
const fieldOf: ReadonlyMap<ProblemCode, string> = new Map<ProblemCode, string>([
  ['malformed_certificate', 'certificate'],
  ['key_pair_mismatch', 'privateKey'],
])

const newCertificate: NewForm = {
  section: 'settings',
  crumb: { href: certificatesPath, title: t('Certificates') },
  title: t('Upload a certificate'),
  lead: t('A certificate is replaced by uploading its successor under another name.'),
  action: `${certificatesPath}/new`,
  fields,
  submit: t('Upload'),
  commands: ({ ports }) => [
    awsCommand(ports.issuer, 'iam upload-server-certificate', {
      'server-certificate-name': 'www-2027',
      'certificate-body': 'file://certificate.pem',
      'private-key': 'file://key.pem',
    }),
  ],
}

/** A refusal with its field, so that the form marks it. */
function marked(problem: Problem): Problem {
  const field = fieldOf.get(problem.code)
  return field === undefined
    ? problem
    : new Problem('validation', problem.message, {
        fields: [{ field, message: `is refused: ${problem.message}` }],
      })
}

async function upload(request: ConsoleRequest): Promise<void> {
  const form = await request.form(mostBytes)
  const value = (name: string): string => (form.get(name) ?? '').trim()
  const again = (problem: Problem) =>
    showNewForm(request, newCertificate, (name) => (name === 'privateKey' ? '' : form.get(name)), problem)
  if (!(await request.isFresh())) return again(staleProblem)
  try {
    requireFields(fields, form)
    const name = value('name')
    await withNewName({ kind: 'serverCertificate', field: 'name', name }, () =>
      request.ports.iam.uploadServerCertificate(request.call, {
        certificateName: name,
        body: value('certificate'),
        privateKey: requiredSecret('privateKey', value('privateKey')),
        ...(value('path') !== '' && { path: value('path') }),
        ...(value('chain') !== '' && { chain: value('chain') }),
      }),
    )
  } catch (error) {
    if (!isFormProblem(error, 'malformed_certificate', 'key_pair_mismatch')) throw error
    return again(marked(error))
  }
  request.redirect(`${certificatesPath}?done=uploaded`)
}

async function askDelete(request: ConsoleRequest, problem?: string): Promise<void> {
  const name = request.param('certificate')
  const { notAfter } = await request.ports.iam.getServerCertificate(request.call, { certificateName: name })
  await askToConfirm(request, {
    section: 'settings',
    title: t('Delete the certificate {name}?', { name }),
    lead: t(
      'It ends on {date}. Its private key is deleted with it, and cannot be had back. Servers that use a copy of it go on.',
      { date: day(isoOf(notAfter)) },
    ),
    crumb: { href: certificatesPath, title: t('Certificates') },
    action: deleteCertificatePath(name),
    button: t('Delete'),
    problem,
    commands: [
      awsCommand(request.ports.issuer, 'iam delete-server-certificate', {
        'server-certificate-name': name,
      }),
    ],
  })
}

async function remove(request: ConsoleRequest): Promise<void> {
  await request.form()
  const certificateName = request.param('certificate')
  if (!(await request.isFresh())) return request.signInAgain(deleteCertificatePath(certificateName))
  try {
    await request.ports.iam.deleteServerCertificate(request.call, { certificateName })
  } catch (error) {
    // Also of a form that was sent twice.
    if (isProblem(error, 'not_found')) return request.redirect(certificatesPath)
    if (!isFormProblem(error)) throw error
    return askDelete(request, sentence(error.message))
  }
  request.redirect(`${certificatesPath}?done=deleted`)
}

export const certificateRoutes: readonly ConsoleRoute[] = [
  ['GET', '/settings/certificates', showCertificates],
  ['GET', '/settings/certificates.csv', download('csv')],
  ['GET', '/settings/certificates.json', download('json')],
  ['GET', '/settings/certificates/new', openFresh((request) => showNewForm(request, newCertificate))],
  ['POST', '/settings/certificates/new', upload],
  ['GET', '/settings/certificates/:certificate/delete', openFresh((request) => askDelete(request))],
  ['POST', '/settings/certificates/:certificate/delete', remove],
]
