import { getTexts } from '@/texts';

/** Searches for anything by whatever identifies it. Works without scripts. */
export async function Search({ q }: { q?: string }) {
  const { search: t } = (await getTexts()).support;
  return (
    <search>
      <form action="/support" className="desk-search">
        <label className="form-label" htmlFor="find">
          {t.label}
        </label>
        <div>
          <input
            id="find"
            name="q"
            type="search"
            className="form-control"
            defaultValue={q}
            maxLength={300}
            autoComplete="off"
            spellCheck={false}
            aria-describedby="find-hint"
            required
          />
          <button type="submit" className="btn btn-primary">
            {t.go}
          </button>
        </div>
        <p id="find-hint" className="form-text">
          {t.hint}
        </p>
      </form>
    </search>
  );
}
