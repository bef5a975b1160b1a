/** The words about what a release takes for what, in English, in ICU message syntax. confusions.zh.ts has the same keys. */
export const confusionsEn = {
  title: "What is taken for what",
  lead: {
    image: "Rows say what a picture shows, columns what it was taken for. A number opens the pictures.",
    sound: "Rows say what is said, columns what it was taken for. A number opens the recordings.",
    text: "Rows say what a text is, columns what it was taken for. A number opens the texts.",
  },
  measured: "Measured on {date} on {count} examples ({split}).",
  cell: "{count} of {shown} taken for {answered}",
  none: {
    image: "Measure this release on labelled pictures, and the confused ones can be looked at here:",
    sound: "Measure this release on labelled recordings, and the confused ones can be listened to here:",
    text: "Measure this release on labelled texts, and the confused ones can be read here:",
  },
  folder: "your-folder",
  pageTitle: "{shown}, taken for {answered}",
  heading: "{shown}, taken for {answered}",
  counted: {
    image: "{count} of {of, plural, one {# picture} other {# pictures}}",
    sound: "{count} of {of, plural, one {# recording} other {# recordings}}",
    text: "{count} of {of, plural, one {# text} other {# texts}}",
  },
  by: "{version}, measured on {date} on {data} ({split})",
  surest: "These are the {count} surest answers.",
  sure: "{answered}, {share}",
  gone: "This file is not there any more.",
  changed: "This file was changed since.",
  folderGone:
    "{data} is not there any more. Put it back, or measure the release again where the data are now.",
  signIn: "Only the owner of this server sees what was confused.",
};
