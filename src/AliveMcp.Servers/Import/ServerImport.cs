using System.Text;
using System.Text.Json;
using AliveMcp.Servers.Acts;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Servers.Files;
using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Import;

/// <summary>
/// Watches what another tool's file lists. It only adds: what is watched already, by its URL, stays as it is. What it comes to is applied
/// the way of every other change, so its diff is the same diff.
/// </summary>
internal sealed class ServerImport(OwnServers own, ServersFile file, TenantScope scope, ActorScope who)
{
    private const int LongestSlug = 50;
    private const int LongestName = 120;

    /// <param name="text">The file.</param>
    /// <param name="visibility"><c>private</c> or <c>public</c>: what the new ones are.</param>
    /// <param name="dryRun">Tells what would be done and does nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<ImportAnswer>> RunAsync(
        string text,
        string visibility,
        bool dryRun,
        CancellationToken cancellationToken
    )
    {
        if (text.Length > FileReader.MaxLength)
        {
            return FileProblems.TooLarge;
        }

        var composed = FileComposer.Compose(text);
        if (!composed.TryGet(out var root))
        {
            return composed.Problems.ToList();
        }

        if (ImportFormats.Read(root) is not { } found)
        {
            return ImportProblems.Unknown;
        }

        var known = await own.AllAsync(cancellationToken);
        var draft = new ImportDraft(known, visibility);
        foreach (var server in found.Servers)
        {
            draft.Take(server);
        }

        var problems = new List<Problem>();
        var entries = draft.Entries.Select((entry, index) => Read(entry, index, problems)).OfType<FileEntry>().ToList();
        if (problems.Count > 0)
        {
            return problems;
        }

        var options = new ApplyOptions
        {
            Alone = true,
            ManagedBy = ManagedLists.Api,
            DryRun = dryRun,
            By = who.Actor,
        };
        var changed = await file.ChangeAsync(scope.Tenant!.Value, entries, options, cancellationToken);
        return changed.TryGet(out var outcome)
            ? new ImportAnswer(found.Format, outcome.Answer, draft.Skipped, draft.Notes)
            : changed.Problems.ToList();
    }

    private static FileEntry? Read(ServerSettings settings, int index, List<Problem> problems) =>
        EntryReader.Read(
            JsonComposer.Compose(JsonSerializer.SerializeToElement(settings, ServerJson.Default.ServerSettings)),
            index,
            problems
        );

    /// <summary>A slug out of whatever a tool calls its servers.</summary>
    internal static string Slug(string name)
    {
        var slug = new StringBuilder();
        foreach (var letter in name.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                slug.Append(letter);
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        var text = slug.ToString(0, Math.Min(slug.Length, LongestSlug)).Trim('-');
        return text.Length > 0 ? text : "server";
    }

    internal static string Name(string name) => SafeText.Of(name, LongestName);
}
