using System.Collections.Concurrent;
using System.Diagnostics;

namespace AliveMcp.Hosting.Children;

/// <summary>
/// The one thread that starts every child. The kernel's parent-death signal follows the thread that started the child, not the process,
/// so a thread that may end (one of the pool, say) would take healthy children with it.
/// </summary>
public static class ChildThread
{
    private static readonly BlockingCollection<Action> Orders = Start();

    /// <summary>Starts a program on that thread.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The program could not be started.</exception>
    public static Task<Process> StartAsync(ProcessStartInfo start)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Orders.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(start)!);
            }
            catch (Exception exception)
            {
                started.SetException(exception);
            }
        });
        return started.Task;
    }

    private static BlockingCollection<Action> Start()
    {
        var orders = new BlockingCollection<Action>();
        new Thread(() =>
        {
            foreach (var order in orders.GetConsumingEnumerable())
            {
                order();
            }
        })
        {
            IsBackground = true,
            Name = "children",
        }.Start();
        return orders;
    }
}
