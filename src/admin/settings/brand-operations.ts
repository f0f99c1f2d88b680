// The brand of an account: name, logo and accent colour of the organization.
import { z } from 'zod'
import { accountOf } from '../../iam/arn.ts'
import { type BrandOfAccount, brandProblem, pageLanguages, readBrand } from '../../iam/brand/brand.ts'
import { mostLogoBytes } from '../../iam/brand/logo.ts'
import type { Call } from '../../iam/caller.ts'
import { type Operation, operation, type Target } from '../operation.ts'
import type { UseCases } from '../use-cases.ts'

type BrandMembers = BrandOfAccount['brand']
type BrandImage = NonNullable<BrandMembers['logo']>

const image = z.strictObject({
  type: z.enum(['image/png', 'image/jpeg', 'image/webp']),
  width: z.int().describe('pixels'),
  height: z.int().describe('pixels'),
  bytes: z.int(),
  sha256: z.string().describe('of the file as it is served, in hex'),
})

export const brand = z.strictObject({
  name: z.string().optional().describe('name of the organization'),
  accent: z.string().optional().describe('colour of buttons and links'),
  language: z
    .string()
    .optional()
    .describe(
      'of pages for browsers that prefer none of ours, and of mail to people who have none; absent: en',
    ),
  logo: image.optional(),
  darkLogo: image.optional().describe('in dark colours, in place of logo'),
})

/** Characters of base64; the operation says how many bytes a file may have. */
const mostBase64 = Math.ceil((4 * 2 * mostLogoBytes) / 3)
const file = z.base64().max(mostBase64, `must have at most ${mostLogoBytes} bytes`).nullable().optional()
const about = 'PNG, JPEG or WebP of at most 100 kB and 2048 × 2048 pixels, in base64'

const change = z.strictObject({
  name: z.string().max(512).nullable().optional().describe('name of the organization'),
  accent: z.string().max(64).nullable().optional().describe('colour of buttons and links, such as #0b6bcb'),
  language: z
    .string()
    .max(8)
    .nullable()
    .optional()
    .describe(
      `of pages for browsers that prefer none of these, and of mail to people who have none: ${pageLanguages.join(', ')}`,
    ),
  logo: file.describe(about),
  darkLogo: file.describe(`the same for dark colours, in place of logo; ${about}`),
})

const imageOf = ({ content, ...rest }: BrandImage): z.input<typeof image> => ({
  ...rest,
  bytes: Buffer.byteLength(content, 'base64'),
})

export const brandAnswer = ({
  name,
  accent,
  language,
  logo,
  darkLogo,
}: BrandMembers): z.input<typeof brand> => ({
  ...(name !== undefined && { name }),
  ...(accent !== undefined && { accent }),
  ...(language !== undefined && { language }),
  ...(logo !== undefined && { logo: imageOf(logo) }),
  ...(darkLogo !== undefined && { darkLogo: imageOf(darkLogo) }),
})

const bytesOf = (base64: string | null | undefined): Buffer | null | undefined =>
  typeof base64 === 'string' ? Buffer.from(base64, 'base64') : base64

async function target(use: UseCases, { caller }: Call): Promise<Target<BrandOfAccount>> {
  const accountId = accountOf(caller)
  const found = await use.brand.of(accountId)
  return { arn: `arn:aws:chancery::${accountId}:brand`, value: found, version: found?.version }
}

const nothing = z.strictObject({})
const common = {
  path: '/brand',
  resource: 'arn:aws:chancery::<account>:brand',
  params: nothing,
  query: nothing,
  answer: brand,
  target,
}

export const brandOperations: readonly Operation[] = [
  operation({
    ...common,
    name: 'GetBrand',
    method: 'GET',
    summary: 'show name, logo, accent colour and language of the organization',
    body: nothing,
    command: { words: 'settings get-brand' },
    run: async (_, { target: found }) => ({ answer: brandAnswer(found.brand), version: found.version }),
  }),
  operation({
    ...common,
    name: 'UpdateBrand',
    method: 'PATCH',
    summary:
      'change name, logo, accent colour and language of the organization; what is left out stays, null removes it',
    body: change,
    maxBody: 2 * mostBase64 + 4096,
    unrecorded: ['logo', 'darkLogo'],
    command: { words: 'settings update-brand' },
    async run(use, { call, input, expect }) {
      const { logo, darkLogo, ...text } = input
      const read = await readBrand({ ...text, logo: bytesOf(logo), darkLogo: bytesOf(darkLogo) })
      if (read.faults.length > 0) throw brandProblem(read.faults)
      const { before, after } = await use.brand.change(accountOf(call.caller), read.change, expect)
      const answer = brandAnswer(after.brand)
      return { answer, version: after.version, before: brandAnswer(before.brand), after: answer }
    },
  }),
]
