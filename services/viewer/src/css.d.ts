// Style sheets are imported for their effect; the bundler gathers them into app.css.
declare module '*.css';
