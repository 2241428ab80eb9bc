import { app, dialog, Menu, type BrowserWindow, type MenuItemConstructorOptions } from 'electron'
import { m, type Locale } from '../../../shared/i18n/index.ts'
import type { ShellTells } from '../../../shared/ipc/contract.ts'

export type Command = Parameters<ShellTells['command']>[0]

export interface MenuActions {
  readonly command: (name: Command) => void
  readonly openWindow: () => void
  readonly focused: () => BrowserWindow | undefined
  readonly hasKeyring: () => Promise<boolean>
}

/** Shows the application menu; its entries speak the language of the system, German where it is neither German nor English. */
export function showMenu(actions: MenuActions, locale: Locale): void {
  const menus = [fileMenu(actions, locale), editMenu(locale), viewMenu(actions, locale), goMenu(actions, locale)]
  const own: MenuItemConstructorOptions[] = process.platform === 'darwin' ? [{ role: 'appMenu' }] : []
  Menu.setApplicationMenu(Menu.buildFromTemplate([...own, ...menus, helpMenu(actions, locale)]))
}

/** Its shortcuts go with it. */
export const hideMenu = (): void => Menu.setApplicationMenu(null)

type MenuOf = (actions: MenuActions, locale: Locale) => MenuItemConstructorOptions

const fileMenu: MenuOf = (actions, locale) => ({
  label: m.shell_menu_file({}, { locale }),
  submenu: [
    {
      id: 'new-window',
      label: m.shell_menu_new_window({}, { locale }),
      accelerator: 'CommandOrControl+N',
      click: actions.openWindow,
    },
    {
      id: 'settings',
      label: m.shell_menu_settings({}, { locale }),
      accelerator: 'CommandOrControl+,',
      click: () => actions.command('settings'),
    },
    { type: 'separator' },
    { role: 'close', label: m.shell_menu_close_window({}, { locale }) },
    { role: 'quit', label: m.shell_menu_quit({}, { locale }) },
  ],
})

const editMenu = (locale: Locale): MenuItemConstructorOptions => ({
  label: m.shell_menu_edit({}, { locale }),
  submenu: [
    { role: 'undo', label: m.shell_menu_undo({}, { locale }) },
    { role: 'redo', label: m.shell_menu_redo({}, { locale }) },
    { type: 'separator' },
    { role: 'cut', label: m.shell_menu_cut({}, { locale }) },
    { role: 'copy', label: m.shell_menu_copy({}, { locale }) },
    { role: 'paste', label: m.shell_menu_paste({}, { locale }) },
    { role: 'selectAll', label: m.shell_menu_select_all({}, { locale }) },
  ],
})

const viewMenu: MenuOf = (actions, locale) => ({
  label: m.shell_menu_view({}, { locale }),
  submenu: [
    {
      id: 'reload-data',
      label: m.shell_menu_reload_data({}, { locale }),
      accelerator: 'F5',
      click: () => actions.command('reload-data'),
    },
    { type: 'separator' },
    { role: 'resetZoom', label: m.shell_menu_actual_size({}, { locale }) },
    { role: 'zoomIn', label: m.shell_menu_zoom_in({}, { locale }) },
    { role: 'zoomOut', label: m.shell_menu_zoom_out({}, { locale }) },
    { role: 'togglefullscreen', label: m.shell_menu_full_screen({}, { locale }) },
  ],
})

const goMenu: MenuOf = (actions, locale) => ({
  label: m.shell_menu_go({}, { locale }),
  submenu: [
    {
      id: 'home',
      label: m.shell_menu_home({}, { locale }),
      accelerator: 'Alt+Home',
      click: () => actions.command('home'),
    },
    {
      id: 'calendar',
      label: m.shell_menu_calendar({}, { locale }),
      accelerator: 'CommandOrControl+Shift+C',
      click: () => actions.command('calendar'),
    },
    {
      id: 'search',
      label: m.shell_menu_search({}, { locale }),
      accelerator: 'CommandOrControl+K',
      click: () => actions.command('search'),
    },
  ],
})

const helpMenu: MenuOf = (actions, locale) => ({
  role: 'help',
  label: m.shell_menu_help({}, { locale }),
  submenu: [{ id: 'about', label: m.shell_menu_about({}, { locale }), click: () => void showAbout(actions, locale) }],
})

async function showAbout(actions: MenuActions, locale: Locale): Promise<void> {
  const version = m.shell_about_version({ version: app.getVersion() }, { locale })
  const keyring = (await actions.hasKeyring()) ? [] : [m.shell_about_no_keyring({}, { locale })]
  const content = {
    type: 'info' as const,
    title: m.shell_menu_about({}, { locale }),
    message: m.common_app_name({}, { locale }),
    detail: [version, ...keyring].join('\n\n'),
  }
  const window = actions.focused()
  await (window ? dialog.showMessageBox(window, content) : dialog.showMessageBox(content))
}
