// What an app is, and the lines that it needs.
import { type Html, html } from '../../html.ts'
import {
  caution,
  choiceField,
  code,
  command,
  copied,
  facts,
  filterBar,
  heading,
  problemAlert,
  section,
} from '../frame/parts.ts'
import { t, type Words } from '../message.ts'
import { type AppView, appHead, appName, appPath } from './apps.ts'
import { type SignInStatus, signInStatusSection } from './sign-in-status.ts'

export const newAppPath = '/console/apps/new'

interface KindView {
  readonly id: string
  readonly title: Words
}

type KindGroups = readonly (readonly [title: Words, kinds: readonly KindView[]])[]

export interface LinesView {
  /** Of the kind. */
  readonly title: Words
  readonly files: readonly { readonly language: string; readonly text: string }[]
  readonly fields: readonly (readonly [name: string, value: string])[]
  readonly cautions: readonly Words[]
}

export const kindChoicePage = (groups: KindGroups): Html => html`${heading({
  title: t('New app'),
  crumb: { href: '/console/apps', title: t('Apps') },
  lead: t('What is it? Afterwards you get the lines that it needs.'),
})}
${groups.map(([title, kinds]) =>
  section(
    title,
    html`<ul class="tiles small-tiles">${kinds.map(({ id, title: kind }) => html`<li><a class="tile" href="${newAppPath}?kind=${id}"><span class="strong">${kind}</span></a></li>`)}</ul>`,
  ),
)}`

const languages: ReadonlyMap<string, string> = new Map([
  ['ini', 'INI'],
  ['yaml', 'YAML'],
  ['toml', 'TOML'],
  ['sh', 'Shell'],
  ['ruby', 'Ruby'],
  ['python', 'Python'],
  ['js', 'JavaScript'],
  ['go', 'Go'],
  ['csharp', 'C#'],
  ['kotlin', 'Kotlin'],
  ['swift', 'Swift'],
])

const linesOf = ({ title, files, fields, cautions }: LinesView): Html =>
  section(
    title,
    html`${cautions.map(caution)}${files.map(({ language, text }, at) => copied(`lines-${at}`, t('lines for {kind}, {language}', { kind: title, language: languages.get(language) ?? language }), text))}${fields.length > 0 && facts(fields.map(([name, value]) => [html`${name}`, code(value)] as const))}`,
    t('With the values of this app in them. Look through the rest, and change it where your setup differs.'),
  )

const variables = (issuer: string, clientId: string, secret: string | undefined): string =>
  [
    `OIDC_ISSUER=${issuer}`,
    `OIDC_CLIENT_ID=${clientId}`,
    ...(secret === undefined ? [] : [`OIDC_CLIENT_SECRET=${secret}`]),
  ].join('\n')

/** The answer to the form of a new app, or of a further secret: the secret is shown this once. */
export const readyPage = (p: {
  readonly app: { readonly clientId: string; readonly name?: string | undefined }
  readonly issuer: string
  readonly secret: string | undefined
  readonly lines?: LinesView | undefined
  readonly kind?: string | undefined
  readonly signIns?: SignInStatus | undefined
  readonly problem?: Words | undefined
}): Html => {
  const path = appPath(p.app.clientId)
  const next = p.kind === undefined ? path : `${path}/connect?kind=${encodeURIComponent(p.kind)}`
  return html`${heading({
    title: p.secret === undefined ? t('The app is ready') : t('Copy the secret now'),
    crumb: { href: path, title: appName(p.app) },
    lead:
      p.secret === undefined
        ? t('It has no secret: it proves itself with PKCE.')
        : t('It is shown only this once.'),
  })}
${problemAlert(p.problem)}
${copied('variables', t('the values'), variables(p.issuer, p.app.clientId, p.secret))}
${p.lines && linesOf(p.lines)}
${p.signIns && signInStatusSection(path, p.signIns)}
<p><a class="button quiet small" href="${next}">${p.secret === undefined ? t('To the app') : t('I have copied it')}</a></p>`
}

export const connectPage = (p: {
  readonly app: AppView
  readonly issuer: string
  /** Empty for an app that registered itself. */
  readonly kinds: KindGroups
  readonly kind: string
  readonly lines: LinesView | undefined
  readonly signIns: SignInStatus | undefined
  readonly commands: readonly string[]
}): Html => html`${appHead(p.app, '/connect')}
${copied('variables', t('the values'), variables(p.issuer, p.app.clientId, undefined))}
${
  p.kinds.length > 0 &&
  filterBar(
    `${appPath(p.app.clientId)}/connect`,
    choiceField({
      name: 'kind',
      label: t('What it is'),
      value: p.kind,
      options: [
        ['', t('Choose')],
        ...p.kinds.flatMap(([, kinds]) => kinds.map(({ id, title }) => [id, title] as const)),
      ],
    }),
    t('Show the lines'),
  )
}
${p.kinds.length === 0 && html`<p class="empty">${t('This app registered itself, so it knows its values.')}</p>`}
${p.lines && linesOf(p.lines)}
${p.lines && p.app.secrets.length > 0 && html`<p class="note">${t('A secret is shown only when it is made. {link} when the first is lost.', { link: html`<a href="${appPath(p.app.clientId)}">${t('Add a second secret')}</a>` })}</p>`}
${p.signIns && signInStatusSection(appPath(p.app.clientId), p.signIns)}
${command(p.commands)}`
