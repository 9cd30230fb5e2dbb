using System.Net;
using System.Text;
using System.Text.Json;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Tests.Builders;

/// <summary>What a prober tells of a live look, and how the desk and the API answer.</summary>
internal static class LookTalk
{
    public static LookStep Step(int number, ProbeStep step) =>
        new()
        {
            Number = number,
            Step = step,
            Took = 1_500,
        };

    public static StepReport Report(ProbeTicket ticket, params LookStep[] steps) =>
        new()
        {
            Prober = DeskHouse.Prober,
            Look = ticket.Look!,
            Server = ticket.Server,
            Region = ticket.Region,
            Signature = ticket.Signature,
            Steps = steps,
        };

    public static Task<HttpStatusCode> PostAsync(HttpClient prober, StepReport report) =>
        PostAsync(prober, JsonSerializer.Serialize(report, DeskJson.Default.StepReport));

    public static async Task<HttpStatusCode> PostAsync(HttpClient prober, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await prober.PostAsync("steps", content);
        return answer.StatusCode;
    }

    public static async Task<string?> CodeAsync(HttpResponseMessage answer)
    {
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return problem.RootElement.GetProperty("code").GetString();
    }
}
