// `chancery people`: the operations of the admin API on people, and the import and export of CSV files.
import { adminCommand } from '../admin/commands.ts'
import type { MakeCommand } from '../context.ts'
import { exportCommand } from './export.ts'
import { importCommand } from './import.ts'

export const peopleCommand: MakeCommand = (context, ended) =>
  adminCommand('people', context, ended)
    .addCommand(importCommand(context, ended))
    .addCommand(exportCommand(context, ended))
