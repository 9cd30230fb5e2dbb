using AliveMcp.Servers.Catalogue;
using AliveMcp.Servers.Files;
using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Import;

/// <summary>Makes entries out of what a file lists: a slug for each, the next cadence that there is, nothing twice.</summary>
internal sealed class ImportDraft
{
    private const int MostTags = 20;
    private const int LongestTag = 40;

    private readonly Dictionary<string, string> _slugByUrl = new(StringComparer.Ordinal);
    private readonly HashSet<string> _slugs;
    private readonly List<ServerSettings> _entries = [];
    private readonly List<SkippedServer> _skipped = [];
    private readonly List<string> _notes = [];
    private readonly string _visibility;

    public ImportDraft(IReadOnlyList<ServerSettings> known, string visibility)
    {
        _visibility = visibility;
        _slugs = known.Select(server => server.Slug).ToHashSet(StringComparer.Ordinal);
        foreach (var server in known)
        {
            _slugByUrl.TryAdd(Canonical(server.Url) ?? server.Url, server.Slug);
        }
    }

    public IReadOnlyList<ServerSettings> Entries => _entries;

    public IReadOnlyList<SkippedServer> Skipped => _skipped;

    public IReadOnlyList<string> Notes => _notes;

    public void Take(ImportedServer server)
    {
        var name = ServerImport.Name(server.Name);
        if (server.Url is null || server.Why is not null)
        {
            _skipped.Add(new SkippedServer(name, server.Why ?? "no URL"));
            return;
        }

        if (Canonical(server.Url) is not { } canonical)
        {
            _skipped.Add(new SkippedServer(name, $"'{SafeText.Of(server.Url, 80)}' cannot be watched"));
            return;
        }

        if (_slugByUrl.TryGetValue(canonical, out var twin))
        {
            _skipped.Add(new SkippedServer(name, $"watched already, as {twin}"));
            return;
        }

        var slug = Free(ServerImport.Slug(server.Name));
        _slugByUrl[canonical] = slug;
        if (server.HasSecrets)
        {
            _notes.Add($"{slug}: its headers and secrets were not taken over; store its credential apart.");
        }

        _entries.Add(
            new ServerSettings
            {
                Slug = slug,
                Name = name == slug ? null : name,
                Url = server.Url,
                Transport = server.Transport,
                Visibility = _visibility,
                Cadence = server.Every is { } every ? Cadences.AtLeast((int)Math.Ceiling(every.TotalMinutes)) : null,
                Watch = server.IsPaused ? false : null,
                Tags =
                [
                    .. server
                        .Tags.Select(tag => SafeText.Of(tag.Trim(), LongestTag))
                        .Where(tag => tag.Length > 0)
                        .Take(MostTags),
                ],
            }
        );
    }

    private string Free(string slug)
    {
        var free = slug;
        for (var number = 2; !_slugs.Add(free); number++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{slug}-{number}");
        }

        return free;
    }

    private static string? Canonical(string url) => ServerUrl.Read(url).TryGet(out var read) ? read.Canonical : null;
}
