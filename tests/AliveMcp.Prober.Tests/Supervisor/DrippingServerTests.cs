using System.Net.Sockets;
using System.Text;
using AliveMcp.Prober.Cell;
using AliveMcp.Prober.Supervisor;
using AliveMcp.Prober.Tests.Builders;
using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;

namespace AliveMcp.Prober.Tests.Supervisor;

/// <summary>One byte a second for ever: no pause is ever long enough to give up for, so the try's own limit must end it. In a cell that is a process.</summary>
public sealed class DrippingServerTests
{
    private const string Answer = "HTTP/1.1 200 OK\r\nContent-Type: ";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nX-Long: ")]
    [InlineData(Answer + "application/json\r\nContent-Length: 1000000\r\n\r\n{")]
    [InlineData(Answer + "text/event-stream\r\n\r\ndata: ")]
    public async Task A_server_that_drips_is_out_of_time_and_its_cell_lives_on(string head)
    {
        await using var dripping = RawServer.Start((socket, stopping) => DripAsync(socket, head, stopping));
        await using var healthy = await FakeMcpServer.StartAsync(Specimens.Healthy);
        var cell = await CellProcess.StartAsync(CellOwner.Of(TenantId.Local), Rules.ForCells());
        var order = Order.Of(dripping.Url);

        var result = await FitAsync(() =>
            cell.ProbeAsync(order with { Limits = order.Limits with { Total = Limit, Discover = Limit / 3 } })
        );

        Assert.Equal((ServerState.Down, Why.Timeout), (result.Attempt.State, result.Attempt.Why));
        Assert.True(cell.IsRunning);
        var next = await FitAsync(() => cell.ProbeAsync(Order.Of(healthy.Url)));
        Assert.Equal(ServerState.Live, next.Attempt.State);
        await cell.StopAsync().WaitAsync(Patience);
        Assert.Equal(CellEnd.Stopped, cell.End);
    }

    /// <summary>A cell that a busy machine held up says that it was not fit; then it is asked again.</summary>
    private static async Task<TryResult> FitAsync(Func<Task<TryResult?>> look)
    {
        TryResult? result;
        do
        {
            result = await look().WaitAsync(Patience);
        } while (result is { Attempt.Why: Why.ProberUnfit });

        return result ?? throw new InvalidOperationException("The cell ended.");
    }

    private static async Task DripAsync(Socket socket, string head, CancellationToken stopping)
    {
        await socket.ReceiveAsync(new byte[8192], stopping);
        await socket.SendAsync(Encoding.Latin1.GetBytes(head), stopping);
        while (true)
        {
            await socket.SendAsync("x"u8.ToArray(), stopping);
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, stopping);
        }
    }
}
