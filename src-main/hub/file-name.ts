/** Characters that no file system takes in a name, and those that lead out of a folder. */
const unfit = /[\\/:*?"<>|\p{Cc}]+/gu

/** The name under which a file is saved, by what it is called; the ending without its dot. */
export const fileNameOf = (name: string, ending: string): string => `${name.replace(unfit, ' ').trim()}.${ending}`
