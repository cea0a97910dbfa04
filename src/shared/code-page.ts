// The code pages that names and texts without a mark of their own can be read with.

/** cp437 is what a zip's names are by APPNOTE.TXT, appendix D, when nothing marks them. */
export type CodePage = 'cp437' | 'big5' | 'shift_jis' | 'gbk' | 'cp949' | 'windows-1252' | 'cp866';
