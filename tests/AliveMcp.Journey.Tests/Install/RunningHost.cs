using AliveMcp.Testing.Processes;
using AliveMcp.Testing.Time;

namespace AliveMcp.Journey.Tests.Install;

/// <summary>One process of the host.</summary>
public sealed class RunningHost(ProgramUnderTest program, HttpClient client) : IAsyncDisposable
{
    public HttpClient Client { get; } = client;

    public Uri Url => Client.BaseAddress!;

    /// <summary>kill -9.</summary>
    public Task KillAsync() => program.KillAsync();

    public Task<bool> BecomeReadyAsync() => Eventually.GetAsync(IsReadyAsync, ready => ready, TestInstall.Patience);

    /// <summary>Sends, and fails with what the host printed when the answer is not a success.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        var answer = await Client.SendAsync(request);
        return answer.IsSuccessStatusCode
            ? answer
            : throw new InvalidOperationException(
                $"{request.RequestUri} answers {answer.StatusCode}:\n{program.Output}"
            );
    }

    public async ValueTask DisposeAsync()
    {
        await program.DisposeAsync();
        Client.Dispose();
    }

    private async Task<bool> IsReadyAsync()
    {
        if (program.HasExited)
        {
            throw new InvalidOperationException($"The host ended:\n{program.Output}");
        }

        try
        {
            using var answer = await Client.GetAsync(new Uri("/readyz", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
