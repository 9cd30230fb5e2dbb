using Microsoft.AspNetCore.Http;

namespace AliveMcp.Collector.Desk;

/// <summary>How the desk says no: counted by its word, and with a sentence for who looks after the prober.</summary>
internal static class DeskRefusals
{
    /// <param name="meter">Counts it.</param>
    /// <param name="why">One of the words of <see cref="CollectorMeter.Refused"/>.</param>
    public static IResult Refuse(this CollectorMeter meter, string why)
    {
        meter.Refused(why);
        var (status, sentence) = Of(why);
        return Results.Problem(
            type: "urn:alivemcp:problem:desk_" + why,
            title: why,
            detail: sentence,
            statusCode: status,
            extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = "desk_" + why }
        );
    }

    private static (int Status, string Sentence) Of(string why) =>
        why switch
        {
            "token" => (401, "The token is no region's: take the one that 'alivemcp ops region add' or 'rotate' told."),
            "too_many" => (429, "This region's probers ask for too much at one time."),
            "prober" => (400, "A prober's name is 1 to 64 of A-Z a-z 0-9 . _ -; set Prober__Name."),
            "lane" => (400, "There is no such lane: shared, isolated or now."),
            "signature" => (403, "The ticket is not one that this prober was given for this region and server."),
            "not_theirs" => (403, "A private prober tells of its own tenant alone."),
            "contract_hash" => (400, "The body is not the gzip of the list that the hash is of, or more than is kept."),
            "too_large" => (
                413,
                "The body is longer than the desk reads: a report carries no more than its own minute."
            ),
            "too_many_reports" => (413, "A batch holds at most 1,000 reports."),
            _ => (400, "The body cannot be read as what belongs here. Is the prober of another version?"),
        };
}
