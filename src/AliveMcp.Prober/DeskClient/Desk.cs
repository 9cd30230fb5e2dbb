using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using AliveMcp.Prober.Cell;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Prober.DeskClient;

/// <summary>Speaks to the desk, the only thing of ours that a prober knows.</summary>
internal sealed class Desk(HttpClient http, ProberOptions options)
{
    /// <summary>Name of its HTTP client.</summary>
    public const string ClientName = "desk";

    private const int VersionLength = 120;

    /// <summary>What we call ourselves.</summary>
    public string Prober => options.Name;

    /// <summary>Asks for due tickets of a lane; the desk answers after 2 s at the latest.</summary>
    /// <exception cref="HttpRequestException">The desk cannot be reached or refuses.</exception>
    public async Task<IReadOnlyList<ProbeTicket>> LeaseAsync(Lane lane, int most, CancellationToken cancellationToken)
    {
        var request = new LeaseRequest(options.Name, LaneWords.Name(lane), most);
        using var answer = await http.PostAsJsonAsync(
            "lease",
            request,
            DeskJson.Default.LeaseRequest,
            cancellationToken
        );
        answer.EnsureSuccessStatusCode();
        var lease = await answer.Content.ReadFromJsonAsync(DeskJson.Default.LeaseAnswer, cancellationToken);
        return lease?.Tickets ?? [];
    }

    /// <exception cref="HttpRequestException">The desk cannot be reached or refuses.</exception>
    public async Task<ReportAnswer> ReportAsync(
        IReadOnlyList<TicketReport> reports,
        CancellationToken cancellationToken
    )
    {
        var batch = new ReportBatch(options.Name, reports);
        using var answer = await http.PostAsJsonAsync(
            "results",
            batch,
            DeskJson.Default.ReportBatch,
            cancellationToken
        );
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync(DeskJson.Default.ReportAnswer, cancellationToken)
            ?? new ReportAnswer(0, 0, 0);
    }

    /// <summary>Tells what a live look saw since it was told last.</summary>
    /// <returns>False when nobody waits for it any more, or the desk does not take it.</returns>
    /// <exception cref="HttpRequestException">The desk cannot be reached.</exception>
    public Task<bool> TellAsync(StepReport report, CancellationToken cancellationToken) =>
        TellAsync("steps", report, DeskJson.Default.StepReport, cancellationToken);

    /// <summary>Tells what cells did and cost.</summary>
    /// <returns>False when the desk does not take it, as an older one.</returns>
    /// <exception cref="HttpRequestException">The desk cannot be reached.</exception>
    public Task<bool> TellAsync(CellReport report, CancellationToken cancellationToken) =>
        TellAsync("cells", report, DeskJson.Default.CellReport, cancellationToken);

    /// <summary>Brings a list that the desk does not hold yet, with the conditions under which it was taken.</summary>
    /// <returns>False when the desk does not want it; its hash travels with the report all the same.</returns>
    /// <exception cref="HttpRequestException">The desk cannot be reached.</exception>
    public async Task<bool> PutContractAsync(
        ProbeTicket ticket,
        SeenContract contract,
        string? protocolVersion,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"contracts/{contract.FullHash}");
        request.Content = new ByteArrayContent(contract.Gzip);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/gzip");
        request.Headers.Add(DeskHeaders.Prober, options.Name);
        request.Headers.Add(DeskHeaders.Server, ticket.Server.ToString());
        request.Headers.Add(
            DeskHeaders.Minute,
            ticket.Minute.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)
        );
        request.Headers.Add(DeskHeaders.Signature, ticket.Signature);
        AddKey(request.Headers, ticket.Order, protocolVersion);
        using var answer = await http.SendAsync(request, cancellationToken);
        return answer.StatusCode == HttpStatusCode.NoContent;
    }

    private async Task<bool> TellAsync<T>(
        string path,
        T body,
        JsonTypeInfo<T> type,
        CancellationToken cancellationToken
    )
    {
        using var answer = await http.PostAsJsonAsync(path, body, type, cancellationToken);
        if (answer.StatusCode is >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests)
        {
            throw new HttpRequestException($"The desk answered {(int)answer.StatusCode}.", null, answer.StatusCode);
        }

        return answer.IsSuccessStatusCode;
    }

    private static void AddKey(HttpRequestHeaders headers, ProbeOrder order, string? protocolVersion)
    {
        headers.Add(DeskHeaders.Url, Uri.EscapeDataString(order.Url.OriginalString));
        if (order.Credential is { } credential)
        {
            headers.Add(DeskHeaders.Credential, Uri.EscapeDataString(credential.Identity));
        }

        if (!string.IsNullOrEmpty(protocolVersion))
        {
            // A stranger's word: it may be long, and it may hold anything.
            headers.Add(DeskHeaders.Protocol, Uri.EscapeDataString(SafeText.Of(protocolVersion, VersionLength)));
        }
    }
}
