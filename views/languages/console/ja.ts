// The messages of the console in Japanese, by the part of the console that has them.
import { access } from './access/ja.ts'
import { activity } from './activity/ja.ts'
import { answers } from './answers/ja.ts'
import { apps } from './apps/ja.ts'
import { engine } from './engine/ja.ts'
import { frame } from './frame/ja.ts'
import { home } from './home/ja.ts'
import { people } from './people/ja.ts'
import { policy } from './policy/ja.ts'
import { providers } from './providers/ja.ts'
import { review } from './review/ja.ts'
import { settings } from './settings/ja.ts'
import { workloads } from './workloads/ja.ts'

export const japanese = {
  ...access,
  ...activity,
  ...apps,
  ...frame,
  ...home,
  ...people,
  ...providers,
  ...review,
  ...settings,
  ...workloads,
} as const

// The engine's texts first: their templates are narrower.
export const knownJapanese = { ...engine, ...policy, ...answers } as const
