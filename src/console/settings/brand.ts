// Settings: the brand of the account. What an administrator tries is kept as a draft of theirs, so that the preview shows what is not
// saved yet, and a logo that was chosen once is not asked for again.
import { t, type Words } from '../../../views/console/message.ts'
import { brandPage, type LogoField } from '../../../views/console/settings/brand.ts'
import { html } from '../../../views/html.ts'
import { languageNames, languages } from '../../../views/languages/languages.ts'
import { passwordPage } from '../../../views/sign-in/sign-in-pages.ts'
import { brand } from '../../admin/settings/brand-operations.ts'
import { accentFault, type Scheme, schemeColours, shownRatio } from '../../iam/brand/accent.ts'
import { type BrandOfAccount, brandProblem, readBrand, versionOfBrand } from '../../iam/brand/brand.ts'
import { mostLogoBytes } from '../../iam/brand/logo.ts'
import { Problem } from '../../problem.ts'
import type { Upload } from '../../web/request/upload.ts'
import { allowFrameOfOwn, allowOwnFrames } from '../../web/response/headers.ts'
import { adminCommand } from '../frame/command.ts'
import { type FieldSpec, fieldsOf, formProblem, isFormProblem } from '../frame/form.ts'
import { staleProblem } from '../frame/fresh.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { ConsoleRoute } from '../frame/route.ts'
import { showPage } from '../frame/show.ts'

type Brand = BrandOfAccount['brand']

const path = '/console/settings/brand'
const fields: readonly FieldSpec[] = [
  {
    name: 'name',
    label: t('Name of the organization'),
    kind: 'text',
    note: t('On pages, in mails and in authenticator apps. At most 60 characters.'),
  },
  {
    name: 'accent',
    label: t('Accent colour'),
    kind: 'text',
    note: t('Of buttons and links, such as #0b6bcb.'),
  },
  {
    name: 'language',
    label: t('Language'),
    kind: 'choice',
    note: t(
      'Of pages for browsers that prefer none of these, and of mail to people without a language of their own. Everybody may choose another.',
    ),
    options: languages.map((language) => [
      language === 'en' ? '' : language,
      html`${languageNames[language]}`,
    ]),
  },
]
const logos = [
  {
    name: 'logo',
    label: t('Logo'),
    note: t(
      'PNG, JPEG or WebP, at most 100 kB and 2048 × 2048 pixels. Up to 15 kB, the first page stays below 60 kB.',
    ),
  },
  {
    name: 'darkLogo',
    label: t('Logo in dark colours'),
    note: t('Without one, the logo stands on a white ground there.'),
  },
] as const

const named = [...fields, ...logos.map(({ name, label }): FieldSpec => ({ name, label, kind: 'text' }))]
/** Two logos and the rest of the form. */
const mostBytes = 2 * mostLogoBytes + 16_384

/** The draft that a page shows, if it is still the one; otherwise what is saved. */
async function brandWithDraft(
  request: ConsoleRequest,
  draft: string,
): Promise<{ readonly brand: Brand; readonly draft: string }> {
  const { ports, user, accountId } = request
  const kept = draft === '' ? undefined : await ports.use.brand.draft(user.id)
  if (kept !== undefined && kept.accountId === accountId && versionOfBrand(kept) === draft)
    return { brand: kept, draft }
  return { brand: (await ports.use.brand.of(accountId))?.brand ?? {}, draft: '' }
}

const denial = (request: ConsoleRequest): Promise<string | undefined> =>
  request.denial({
    action: 'chancery:UpdateBrand',
    resource: `arn:aws:chancery::${request.accountId}:brand`,
  })

async function open(request: ConsoleRequest): Promise<void> {
  const { version } = await request.performWithVersion('GetBrand', brand)
  const shown = await brandWithDraft(request, request.query.get('draft') ?? '')
  await show(request, { version, ...shown })
}

interface Shown {
  readonly version: string
  readonly brand: Brand
  readonly draft: string
  readonly typed?: Upload['form']
  readonly problem?: Problem
}

async function show(request: ConsoleRequest, { version, brand: shown, draft, typed, problem }: Shown) {
  const { issuer } = request.ports
  const values = (name: string) =>
    typed?.get(name) ??
    (name === 'name' || name === 'accent' || name === 'language' ? shown[name] : undefined)
  const marked = new Map(fieldsOf(named, values, problem).map((field) => [field.name, field.problem]))
  await showPage(request, {
    section: 'settings',
    title: t('Brand'),
    status: problem === undefined ? 200 : 422,
    body: brandPage({
      denied: await denial(request),
      done:
        request.query.get('done') === 'saved'
          ? t('The brand was saved. Pages have it within a second.')
          : undefined,
      target: { action: path, token: request.token },
      version,
      draft,
      problem: formProblem(named, problem),
      fields: fieldsOf(fields, values, problem),
      logos: logos.map(
        (logo): LogoField => ({ ...logo, problem: marked.get(logo.name), present: sizeOf(shown[logo.name]) }),
      ),
      contrast: contrastOf(shown.accent),
      commands: [
        adminCommand(issuer, 'GetBrand'),
        adminCommand(issuer, 'UpdateBrand', [], {
          name: shown.name ?? 'Acme',
          accent: shown.accent ?? '#0b6bcb',
          logoFile: 'logo.png',
        }),
      ],
    }),
  })
  allowOwnFrames(request.ctx)
}

const sizeOf = (logo: Brand['logo']): Words | undefined =>
  logo &&
  t('{width} × {height} pixels, {bytes} bytes', {
    width: logo.width,
    height: logo.height,
    bytes: Buffer.byteLength(logo.content, 'base64'),
  })

const contrastOf = (accent: string | undefined) =>
  accent === undefined || accentFault(accent) !== undefined
    ? []
    : (['light', 'dark'] as const).flatMap((scheme) => {
        const { button, buttonText, link, buttonEdge, ratios } = schemeColours(accent, scheme)
        const title = scheme === 'light' ? t('Light') : t('Dark')
        return [
          {
            scheme: title,
            use: t('text on buttons'),
            colour: t('{colour} on {ground}', { colour: buttonText, ground: button }),
            ratio: shownRatio(ratios.button),
          },
          { scheme: title, use: t('links'), colour: html`${link}`, ratio: shownRatio(ratios.link) },
          {
            scheme: title,
            use: t('edges of buttons'),
            colour: html`${buttonEdge}`,
            ratio: shownRatio(ratios.edge),
          },
        ]
      })

/** What the form gives; an empty text removes, and a logo stays unless another is given or it is to be removed. */
const brandOfForm = ({ form, files }: Upload) => {
  const text = (name: string) => (form.get(name)?.trim() ? form.get(name) : null)
  const logo = (name: string) => files.get(name) ?? (form.get(`${name}-remove`) === 'yes' ? null : undefined)
  return {
    name: text('name'),
    accent: text('accent'),
    language: text('language'),
    logo: logo('logo'),
    darkLogo: logo('darkLogo'),
  }
}

async function send(request: ConsoleRequest): Promise<void> {
  const upload = await request.upload(mostBytes)
  const refused = await denial(request)
  if (refused !== undefined) throw new Problem('denied', refused)
  const { form } = upload
  const version = form.get('version') ?? ''
  const from = await brandWithDraft(request, form.get('draft') ?? '')
  const { change, faults } = await readBrand(brandOfForm(upload))
  const { use } = request.ports
  const draft = await use.brand.keepDraft(request.user, from.brand, change)
  const again = (problem: Problem) =>
    show(request, { version, brand: draft, draft: versionOfBrand(draft), typed: form, problem })
  if (faults.length > 0) return again(brandProblem(faults))
  // What was chosen in a preview that is gone would be lost without a word.
  if ((form.get('draft') ?? '') !== from.draft)
    return again(
      new Problem('conflict', 'this preview was changed in another window or is over: look at it again'),
    )
  if (form.get('do') !== 'save')
    return request.redirect(`${path}?draft=${encodeURIComponent(versionOfBrand(draft))}`)
  if (!(await request.isFresh())) return again(staleProblem)
  try {
    await request.perform('UpdateBrand', brand, {
      body: {
        name: draft.name ?? null,
        accent: draft.accent ?? null,
        language: draft.language ?? null,
        logo: draft.logo?.content ?? null,
        darkLogo: draft.darkLogo?.content ?? null,
      },
      version,
    })
    await use.brand.dropDraft(request.user.id)
    request.redirect(`${path}?done=saved`)
  } catch (error) {
    if (!isFormProblem(error)) throw error
    await again(error)
  }
}

const schemeOf = (text: string | undefined): Scheme => (text === 'dark' ? 'dark' : 'light')

/** The sign-in page in one scheme, for a frame of the page above. */
async function preview(request: ConsoleRequest): Promise<void> {
  await request.perform('GetBrand', brand)
  const scheme = schemeOf(request.query.get('scheme'))
  const { brand: shown, draft } = await brandWithDraft(request, request.query.get('draft') ?? '')
  const logoPath = (which: string) => `${path}/logo?which=${which}&draft=${encodeURIComponent(draft)}`
  const page = passwordPage({
    action: path,
    token: '',
    username: '',
    application: undefined,
    again: false,
    focus: false, // browsers refuse it in a sandbox
    forgotten: path,
  })
  request.ports.preview(request.ctx, page, { brand: shown, scheme, logoPath })
  allowFrameOfOwn(request.ctx)
}

async function logo(request: ConsoleRequest): Promise<void> {
  await request.perform('GetBrand', brand)
  const { brand: shown } = await brandWithDraft(request, request.query.get('draft') ?? '')
  const image = request.query.get('which') === 'darkLogo' ? shown.darkLogo : shown.logo
  if (image === undefined) throw new Problem('not_found', 'there is no such logo')
  request.ports.sendLogo(request.ctx, image)
}

export const brandRoutes: readonly ConsoleRoute[] = [
  ['GET', '/settings/brand', open],
  ['POST', '/settings/brand', send],
  ['GET', '/settings/brand/preview', preview],
  ['GET', '/settings/brand/logo', logo],
]
