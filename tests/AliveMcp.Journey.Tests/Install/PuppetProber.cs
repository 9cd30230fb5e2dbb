using System.Net.Http.Headers;
using System.Net.Http.Json;
using AliveMcp.Testing.Time;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Journey.Tests.Install;

/// <summary>Speaks the desk's protocol as a prober does, and says what a test wants it to say.</summary>
public sealed class PuppetProber(RunningHost desk, string region, string token)
{
    /// <summary>Takes tickets until one is there.</summary>
    public async Task<ProbeTicket> LeaseAsync()
    {
        var tickets = await Eventually.GetAsync(AskAsync, tickets => tickets.Count > 0, TestInstall.Patience);
        return tickets[0];
    }

    /// <summary>Tells the desk that we live, without taking work that is not there yet.</summary>
    public async Task<IReadOnlyList<ProbeTicket>> AskAsync()
    {
        var lease = new LeaseRequest(region + "-puppet");
        using var request = Post("/prober/v1/lease", JsonContent.Create(lease, DeskJson.Default.LeaseRequest));
        using var answer = await desk.SendAsync(request);
        var leased = await answer.Content.ReadFromJsonAsync(DeskJson.Default.LeaseAnswer);
        return leased!.Tickets;
    }

    public async Task<ReportAnswer> SayAsync(
        ProbeTicket ticket,
        ServerState state,
        Why why = Why.None,
        Observed? observed = null
    )
    {
        var report = new TicketReport
        {
            Server = ticket.Server,
            Minute = ticket.Minute,
            Region = ticket.Region,
            Signature = ticket.Signature,
            Observed = observed ?? new Observed(),
            Attempts =
            [
                new ProbeAttempt
                {
                    State = state,
                    Why = why,
                    FailedAt = state == ServerState.Down ? ProbeStep.Connect : null,
                    Access = state == ServerState.Down ? Access.Unknown : Access.Open,
                    Phases = new PhaseTimes { Total = 1_500 },
                },
            ],
        };
        var batch = new ReportBatch(region + "-puppet", [report]);
        using var request = Post("/prober/v1/results", JsonContent.Create(batch, DeskJson.Default.ReportBatch));
        using var answer = await desk.SendAsync(request);
        return (await answer.Content.ReadFromJsonAsync(DeskJson.Default.ReportAnswer))!;
    }

    private HttpRequestMessage Post(string path, HttpContent content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }
}
