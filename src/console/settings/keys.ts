// The keys with which this server signs: their ages, and what a rotation ends.
import { z } from 'zod'
import { isoOf } from '../../../views/console/frame/parts.ts'
import { t, type Words } from '../../../views/console/message.ts'
import { keysPage, rotatePage } from '../../../views/console/settings/keys.ts'
import { keyUses, signingKey } from '../../admin/keys/operations.ts'
import { listOf } from '../../admin/list.ts'
import { Problem } from '../../problem.ts'
import { adminCommand } from '../frame/command.ts'
import { sendList } from '../frame/download.ts'
import { openFresh } from '../frame/fresh.ts'
import { listLinks } from '../frame/list.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { ConsoleRoute } from '../frame/route.ts'
import { showPage } from '../frame/show.ts'

const permission = (request: ConsoleRequest, use: string) => ({
  action: 'chancery:RotateKeys',
  resource: `arn:aws:chancery::${request.ports.use.serverAccountId}:key/${use}`,
})

const doneMessages: ReadonlyMap<string, Words> = new Map([
  ['rotate', t('The next key signs now.')],
  ['replace', t('All earlier keys have ended.')],
])

async function showKeys(request: ConsoleRequest): Promise<void> {
  const [{ items }, denials] = await Promise.all([
    request.perform('ListKeys', listOf(signingKey), { query: { limit: '200' } }),
    Promise.all(keyUses.map((use) => request.denial(permission(request, use)))),
  ])
  await showPage(request, {
    section: 'settings',
    title: t('Keys'),
    body: keysPage({
      keys: items,
      links: listLinks('/console/settings/keys', {}, { cursor: undefined, next: undefined }),
      uses: keyUses.map((use, at) => ({ use, denied: denials[at] })),
      now: isoOf(request.ports.now()),
      done: doneMessages.get(request.query.get('done') ?? ''),
      commands: [adminCommand(request.ports.issuer, 'ListKeys')],
    }),
  })
}

const download =
  (format: 'csv' | 'json') =>
  (request: ConsoleRequest): Promise<void> =>
    sendList<z.output<typeof signingKey>>(request, format, {
      name: 'keys',
      page: (cursor) => request.perform('ListKeys', listOf(signingKey), { query: { cursor, limit: '200' } }),
      columns: [
        ['id', ({ id }) => id],
        ['use', ({ use }) => use],
        ['algorithm', ({ algorithm }) => algorithm],
        ['state', ({ state }) => state],
        ['createdAt', ({ createdAt }) => createdAt],
        ['activeAt', ({ activeAt }) => activeAt],
        ['expiresAt', ({ expiresAt }) => expiresAt],
      ],
    })

/** @throws Problem('validation') */
const useOf = (text: string | undefined): string => {
  const found = keyUses.find((one) => one === text)
  if (found === undefined) throw new Problem('validation', `\`use\` must be one of ${keyUses.join(', ')}`)
  return found
}

const rotation = z.object({ ends: z.string() })

async function askRotate(request: ConsoleRequest): Promise<void> {
  const use = useOf(request.query.get('use'))
  const { ends } = await request.perform('RotateKeys', rotation, { body: { use, now: true, dryRun: true } })
  await showPage(request, {
    section: 'settings',
    title: t('Rotate the {use} keys?', { use }),
    body: rotatePage({
      use,
      endsNow: ends,
      target: { action: '/console/settings/keys/rotate', token: request.token },
      commands: [adminCommand(request.ports.issuer, 'RotateKeys', [], { use })],
    }),
  })
}

async function rotate(request: ConsoleRequest): Promise<void> {
  const form = await request.form()
  const use = useOf(form.get('use'))
  if (!(await request.isFresh())) return request.signInAgain(`/console/settings/keys/rotate?use=${use}`)
  const now = form.get('do') === 'replace'
  await request.perform('RotateKeys', rotation, { body: { use, now } })
  request.redirect(`/console/settings/keys?done=${now ? 'replace' : 'rotate'}`)
}

export const keyRoutes: readonly ConsoleRoute[] = [
  ['GET', '/settings/keys', showKeys],
  ['GET', '/settings/keys.csv', download('csv')],
  ['GET', '/settings/keys.json', download('json')],
  ['GET', '/settings/keys/rotate', openFresh(askRotate)],
  ['POST', '/settings/keys/rotate', rotate],
]
