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
internal sealed class ToolPages(Opening opening, ProbeOrder order, Logbook log, KnownLists lists) : IDisposable
{
    private readonly List<Answer> _pages = [];
    private readonly List<JsonElement> _tools = [];
    private HashSet<string>? _cursors;
    private HashSet<string>? _names;

    public IReadOnlyList<JsonElement> Tools => _tools;

    /// <summary>What the whole list says; null while it is not whole.</summary>
    public ContractDocument? Contract { get; private set; }

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
            if (Bytes > order.Limits.BodyBytes)
            {
                return Ended(ListEnd.TooManyBytes);
            }

            if (!IsPage(answer.Result, out var tools, out cursor, out var oddity))
            {
                return Ended(oddity);
            }

            _tools.AddRange(tools.EnumerateArray());
            if (_tools.Count > order.Limits.Tools)
            {
                return Ended(ListEnd.TooManyTools);
            }

            if (cursor is null)
            {
                await SocketThreads.LeaveForAsync(Bytes);
                return Whole();
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

    private ListSighting Whole()
    {
        var list = lists.Look(_tools, order.KnownContract);
        Contract = list.Document;
        return new ListSighting
        {
            End = ListEnd.Whole,
            ToolCount = _tools.Count,
            Faults = list.Faults,
            Names = order.Expectations.Tools.Count > 0 ? Names() : null,
        };
    }

    private ListSighting Ended(ListEnd end, Stop? stop = null) =>
        new()
        {
            End = end,
            Stop = stop,
            ToolCount = _tools.Count,
            Faults = end is ListEnd.NoArray or ListEnd.OddCursor or ListEnd.OddResultType or ListEnd.Stopped
                ? []
                : ToolListCheck.Check(_tools),
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

    // A cursor that cannot be read may hide further pages: a list that ends there cannot be trusted.
    private bool IsPage(JsonElement result, out JsonElement tools, out string? cursor, out ListEnd oddity)
    {
        (tools, cursor, oddity) = (default, null, ListEnd.Whole);
        if (Json.Member(result, "tools", JsonValueKind.Array) is not { } array)
        {
            oddity = ListEnd.NoArray;
        }
        else if (opening.Era == Era.Discover && !IsComplete(result))
        {
            oddity = ListEnd.OddResultType;
        }
        else if (JsonMembers.TryFind(result, "nextCursor", out var next) && next.ValueKind != JsonValueKind.Null)
        {
            (tools, cursor) = (array, Json.Text(next));
            oddity = cursor is null ? ListEnd.OddCursor : ListEnd.Whole;
        }
        else
        {
            tools = array;
        }

        return oddity == ListEnd.Whole;
    }

    private static bool IsComplete(JsonElement result) =>
        !JsonMembers.TryFind(result, "resultType", out var type)
        || string.Equals(Json.Text(type), "complete", StringComparison.Ordinal);
}
