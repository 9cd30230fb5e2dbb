using AliveMcp.Servers.Files;
using AliveMcp.Servers.Maintenance;

namespace AliveMcp.Servers.Acts;

/// <summary>A planned maintenance as the API shows it.</summary>
internal sealed record PlannedWindow
{
    /// <summary>Stays as long as the window is not changed.</summary>
    public required int Id { get; init; }

    /// <summary>Slug of the server.</summary>
    public required string Server { get; init; }

    public required string From { get; init; }

    public required string To { get; init; }

    public string? Note { get; init; }

    /// <summary>When it comes again; left out: never.</summary>
    public string? Rrule { get; init; }

    public string? Zone { get; init; }

    public static PlannedWindow Of(int id, string server, MaintenanceSpan span)
    {
        var told = WindowSettings.Of(span);
        return new PlannedWindow
        {
            Id = id,
            Server = server,
            From = told.From,
            To = told.To,
            Note = told.Note,
            Rrule = told.Rrule,
            Zone = told.Zone,
        };
    }
}

/// <summary>One page; <c>next</c> goes into <c>after</c> of the next request and is left out on the last page.</summary>
internal sealed record WindowPage(IReadOnlyList<PlannedWindow> Maintenance, int? Next);
