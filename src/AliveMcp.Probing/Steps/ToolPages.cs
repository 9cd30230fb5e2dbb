using System.Text.Json;
using AliveMcp.Contracts;
using AliveMcp.Probing.Eras;
using AliveMcp.Probing.Judging;
using AliveMcp.Probing.Transports;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Steps;

/// <summary>
/// Fetches the tool list, all pages, and keeps the raw JSON until it was checked and hashed.
/// A cursor of <c>""</c> is a cursor; a repeated one, or a page that adds nothing, ends the list as endless.
/// </summary>
internal sealed class ToolPages(Opening opening, ProbeOrder order, Logbook log) : IDisposable
{
    private readonly List<Answer> _pages = [];
    private readonly List<JsonElement> _tools = [];
    private HashSet<string>? _cursors;
    private HashSet<string>? _names;

    public IReadOnlyList<JsonElement> Tools => _tools;

    /// <summary>Bytes of all pages as received.</summary>
    public int Bytes { get; private set; }

    /// <summary>The newest page's message, for the evidence.</summary>
    public ReadOnlyMemory<byte> LastPage => _pages is [.., { Body: { } body }] ? body.Written : default;

    public async ValueTask<ListSighting> FetchAsync()
    {
        string? cursor = null;
        for (var page = 0; page < order.Limits.Pages; page++)
        {
            var version = opening.Era == Era.Discover ? opening.Version : null;
            var answer = await opening.Transport!.AskAsync(RpcCall.ToolsList(page, cursor, version));
            log.Tools += answer.Took;
            if (!answer.Succeeded)
            {
                using (answer)
                {
                    var inSession = opening.Transport.HasSession;
                    return Ended(
                        ListEnd.Stopped,
                        Stop.Of(ProbeStep.ToolsList, answer, inSession) with
                        {
                            Begun = page > 0,
                        }
                    );
                }
            }

            _pages.Add(answer);
            Bytes += answer.Body!.Length;
            if (Json.Member(answer.Result, "tools", JsonValueKind.Array) is not { } tools)
            {
                return Ended(ListEnd.NoArray);
            }

            _tools.AddRange(tools.EnumerateArray());
            cursor = Cursor(answer.Result);
            if (_tools.Count > order.Limits.Tools)
            {
                return Ended(ListEnd.TooManyTools);
            }

            if (cursor is null)
            {
                return Ended(ListEnd.Whole);
            }

            if (!AddsNames(tools) || !(_cursors ??= new(StringComparer.Ordinal)).Add(cursor))
            {
                return Ended(ListEnd.Endless);
            }
        }

        return Ended(ListEnd.TooManyPages);
    }

    public void Dispose()
    {
        foreach (var page in _pages)
        {
            page.Dispose();
        }

        _pages.Clear();
    }

    private ListSighting Ended(ListEnd end, Stop? stop = null) =>
        new()
        {
            End = end,
            Stop = stop,
            ToolCount = _tools.Count,
            Faults = end is ListEnd.NoArray or ListEnd.Stopped ? [] : ToolListCheck.Check(_tools),
            Names = end == ListEnd.Whole && order.Expectations.Tools.Count > 0 ? Names() : null,
        };

    private HashSet<string> Names()
    {
        var names = new HashSet<string>(_tools.Count, StringComparer.Ordinal);
        foreach (var tool in _tools)
        {
            Note(tool, names);
        }

        return names;
    }

    private bool AddsNames(JsonElement tools)
    {
        _names ??= new HashSet<string>(StringComparer.Ordinal);
        var before = _names.Count;
        foreach (var tool in tools.EnumerateArray())
        {
            Note(tool, _names);
        }

        return _names.Count > before;
    }

    private static void Note(JsonElement tool, HashSet<string> names)
    {
        if (Json.Text(tool, "name") is { } name)
        {
            names.Add(name);
        }
    }

    private static string? Cursor(JsonElement result) => Json.Text(result, "nextCursor");
}
