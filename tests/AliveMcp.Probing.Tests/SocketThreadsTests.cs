namespace AliveMcp.Probing.Tests;

public sealed class SocketThreadsTests
{
    [Fact]
    public void Short_work_stays_where_it_is() => Assert.True(SocketThreads.LeaveForAsync(8 * 1024).IsCompleted);

    [Fact]
    public async Task Long_work_goes_on_in_the_pool()
    {
        var wentOn = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => _ = WorkAsync(wentOn)) { IsBackground = true }.Start();

        Assert.True(await wentOn.Task);
    }

    private static async Task WorkAsync(TaskCompletionSource<bool> wentOn)
    {
        await SocketThreads.LeaveForAsync(1024 * 1024);
        wentOn.SetResult(Thread.CurrentThread.IsThreadPoolThread);
    }
}
