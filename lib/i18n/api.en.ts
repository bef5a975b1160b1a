/** Words about the interface for programs, in English. */
export const apiEn = {
  heading: "Programs can ask this server",
  text: "Programs without a browser can send pictures, recordings and texts to this server to be answered here (POST /api/v1/…). That is a separate door: no page of this site ever uses it, which the three checks above show.",
  document: "Description of the interface (OpenAPI)",
};
